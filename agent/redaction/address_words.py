"""The words of postal addresses: what a street is called, what stands after it, what announces one.

Sources: UPU S42 address templates, USPS publication 28 (street suffixes), and the words of the national posts.
"""

# ruff: noqa: E501  # lists of words

from __future__ import annotations

import re
from typing import Final

from agent.redaction.view import fold

_AFTER_NAME: Final = """
    street st road rd avenue ave av lane ln drive dr boulevard blvd court ct terrace crescent highway hwy parkway pkwy square sq mews alley
    close way gardens grove place pl circle cir trail trl turnpike expressway freeway motorway bypass causeway esplanade promenade
    sokak sokagi sk caddesi cad bulvari mahallesi marg chowk nagar zila str
"""
#: Suffixes that are everyday words as well: only with capitals or after an announcement.
_AFTER_NAME_RARE: Final = """
    alleys annex arcade bayou beach bend bluff bluffs bottom branch bridge brook brooks burg burgs camp canyon cape center
    centers cliff cliffs club common commons corner corners course courts cove coves creek crest crossing crossroad curve dale dam
    divide drives estate estates extension extensions fall falls ferry field fields flat flats ford fords forest forge forges fork forks fort
    garden gateway glen glens green greens groves harbor harbors haven heights hill hills hollow inlet island islands
    isle junction junctions key keys knoll knolls lake lakes land landing light lights loaf lock locks lodge loop mall manor
    manors meadow meadows mill mills mission mount mountain mountains neck orchard oval overpass park parks parkways pass passage path pike
    pine pines plain plains plaza point points port ports prairie radial ramp ranch rapid rapids rest ridge ridges river roads route row
    run shoal shoals shore shores skyway spring springs spur spurs squares station stravenue stream streets summit throughway trace track
    trafficway tunnel turnpike underpass union unions valley valleys via viaduct view views village villages ville vista walk walks wall
    ways well wells circles estate rue crescents parade rise vale chase
"""
_COMPOUND: Final = """
    straße strasse str gasse platz weg allee damm ufer chaussee stieg steig pfad markt bundesstrasse gade gata gatan gatan vägen vej vejen veien vegen
    allé alle stræde torv gränd grand plan backen stigen stien straat laan plein kade gracht singel dreef steeg baan dijk boulevard zuidhove pad hof katu
    ntie polku kuja kaari tori rinne raitti aukio utca út útja tér krt ulice náměstí nabrezi třída
"""
_BEFORE_NAME: Final = """
    rue avenue boulevard place allée allee chemin impasse quai route cours passage square sentier via viale piazza piazzale corso vicolo borgo contrada largo
    strada lungomare salita rotonda incrocio canale stretto calle avenida avda paseo plaza cuesta ronda camino carretera glorieta callejón vial rambla pasaje
    rua travessa praça ladeira alameda estrada rodovia vila viela trevo lagoa quinta campo esplanada passarela ul ulica aleja plac osiedle
    ул улица пр просп проспект пер переулок наб набережная ш шоссе б-р бул бульвар пл площадь алл аллея пр-т ulice nám náměstí třída nábřeží
"""
#: Kinds of streets that stand after the name and before the number.
_BETWEEN: Final = """
    sokak sokagi sok sk cadde caddesi cad bulvari bulvar blv mahallesi mah пр-т просп проспект ул улица пер переулок наб набережная шоссе б-р бульвар
    площадь аллея utca ut ter krt
"""
_UNIT: Final = """
    suite ste apt apartment unit flat floor fl room bldg building studio box po appartement appt etage bâtiment bat interno scala appartamento piano piso puerta
    esc planta bajo depto apto bloco andar casa lote m lok mieszkania кв корп к стр этаж оф dept app int wohnung top stiege og tür lgh lejl tv th mf bus
"""
_ANNOUNCED: Final = (
    "address is", "address:", "address,", "address", "address:\n", "my address", "home address", "live at", "lives at", "living at", "lived at", "residing at", "resides at", "reside at",
    "ship to", "shipped to", "deliver to", "delivered to", "delivery to", "send to", "send it to", "sent to", "mail to", "write to", "moved to", "located at", "offices are at", "located on",
    "visit us at", "find us at", "letter arrived at", "taxi to", "meet you at", "drive to", "the corner of", "pick up at", "pickup at", "billing address", "shipping address",
    "adresse", "adresse ist", "anschrift", "wohnt in", "wohne in", "wohnhaft in", "wohnhaft", "wohnt am", "wohnt an der", "lieferung an", "habite", "habite au", "habitons", "demeurant", "domicilié",
    "vive en", "vivo en", "dirección", "domicilio", "reside en", "abita in", "abito in", "indirizzo", "residente in", "via posta a", "mora em", "moro em", "mora na", "endereço", "morada", "residente em",
    "woont op", "woont aan", "woon op", "adres", "bor på", "bor i", "bor", "bosat", "adress", "mieszka", "mieszka na", "mieszkam", "mieszka przy", "zamieszkały", "zamieszkała", "adres zamieszkania",
    "asuu", "osoite", "asun", "bydliště", "bytem", "bydlí", "adresa", "oturuyor", "adresi", "ikamet", "адрес", "проживает", "живет", "проживающий", "зарегистрирован по адресу", "по адресу", "lakcím", "cím",
    *(f"{place} is {where}" for place in ("restaurant", "station", "hotel", "shop", "store", "cafe", "office", "school", "house", "flat", "clinic", "venue") for where in ("at", "on")),
    "drops you off at", "drop me off at", "dropped off at", "adresim", "adresimiz", "gönderim adresi", "teslimat adresi", "доставка", "доставить", "entregar na", "entregar no", "enviar a", "mandar a", "spedire a", "livrer au", "livrer à", "bezorgen op",
    "skicka till", "sänd till", "send til", "wysłać na", "bydlím v", "bydlím na", "osoitteessa", "lieferung an die", "mi casa está en", "mieszkam w", "domovská adresa", "kézbesítés", "livraison", "consegna",
)  # fmt: skip


def _alternatives(words: str) -> str:
    folded = sorted({fold(word) for word in words.split()}, key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, folded))


AFTER_NAME: Final = _alternatives(_AFTER_NAME)
AFTER_NAME_RARE: Final = _alternatives(_AFTER_NAME_RARE)
COMPOUND: Final = _alternatives(_COMPOUND)
COMPOUND_ENDS: Final = tuple(sorted({fold(word) for word in _COMPOUND.split()}))
BEFORE_NAME: Final = _alternatives(_BEFORE_NAME) + r"|(?:al|pl|os|av|bd|r|c|trav|pza|lgo|tr|nam)(?=\.)|c(?=/)"
BETWEEN: Final = _alternatives(_BETWEEN)
BETWEEN_WORDS: Final = frozenset(re.findall(r"[^\W\d_]+", fold(_BETWEEN)))
UNIT: Final = _alternatives(_UNIT)
ANNOUNCED: Final = "|".join(
    re.escape(phrase).replace(r"\ ", "[ ]")
    for phrase in sorted(
        {fold(phrase.rstrip(":,\n")) for phrase in _ANNOUNCED}, key=lambda phrase: (-len(phrase), phrase)
    )
)
#: The longest word of each announcement: none in the text, no announcement.
GATE: Final = frozenset(max(re.findall(r"[^\W\d_]+", fold(phrase)), key=len) for phrase in _ANNOUNCED)
_SHORT: Final = frozenset(
    ("al", "pl", "os", "av", "bd", "r", "c", "trav", "pza", "lgo", "tr", "nam", "sok", "cad", "mah", "пр", "б")
)


def _words(lines: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", fold(lines)))


AFTER_WORDS: Final = _words(_AFTER_NAME + _AFTER_NAME_RARE)
BEFORE_WORDS: Final = _words(_BEFORE_NAME) | _SHORT
UNIT_WORDS: Final = frozenset({"suite", "ste", "apt", "apartment", "unit", "flat", "studio", "h", "house"})
STREETS: Final = AFTER_WORDS | BEFORE_WORDS | _words(_UNIT)
