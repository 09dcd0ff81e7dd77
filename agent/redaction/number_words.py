"""The words around numbers, in folded form: what announces a phone number, or another number, and what fills."""

from __future__ import annotations

from typing import Final

from agent.redaction.view import fold

_PHONE: Final = """
    angerufen anruf anrufen answer answered answering answers appeler appelez appelle ara arayin arayın beeper
    bel bellen bereikbaar call called calling calls cell cellphone cellulare celular cep chiama chiamami
    chiamare chiamarmi contact contacto contato desk dial direct durchwahl dzwoń erreichbar erreichen faks fax
    gebeld gsm handphone handy handynummer hattı hotline hp joignable joindre komórka komórkowy kontakt
    kontaktowy kännykkä landline liga ligar ligação ligue line llama llamar llame llámame llámanos marcar
    matkapuhelin mobiel mobil mobile mobilni mobilnummer mobilszám mobiltelefon mobilu móvil no nr numarası
    numarasından number numero numeroni numeroon numerosta nummer numéro opkald otthon pager phone phones pick
    picks portable puhelin puhelinnumero rappeler reach reached recapito ring ringa ringer ringing ruf rufe
    tfno tlfn tlfno telf telef telephon fon kom komorka celular
    rufen rufnummer rückruf signal sms soita soittaa switchboard sđt tel tele telefaks telefax telefon telefone
    telefonem telefonisch telefonnr telefonnummer telefonní telefono telefonski telefonszám telefonu telefonum
    telefoon telefónico telegram telemovel telemóvel telephone telp teléfono teléfonos text thoại tlf tlfnr txt
    téléphone viber voicemail volat volej volejte wa whatsapp zadzwon zadzwonić zadzwoń zavolat zavolej điện
    κινητό τηλ τηλέφωνο звони звоните моб мобильный номер номера номеру перезвони позвони позвоните тел телефон
    телефона телефону телефоны
    """
_ANY_NUMBER: Final = """
    nummer numéro numero number no nr номер номера номеру numarası contact direct text desk signal signál
    contacto bel contato ara call calls
    """
_OTHER: Final = """
    order orders invoice ticket ref reference isbn issn doi version ver build rfc section case tracking serial
    sku part po article artikel bestellung bestellnummer rechnung rechnungsnummer auftrag commande facture
    pedido factura ordine fattura zamówienie faktura objednávka commit revision issue bug ean upc gtin asin lot
    batch model port page pages timestamp epoch time date id uid pid patent iso din en ieee zip plz postcode
    room item items total sum amount price usd eur sek nok dkk chf gbp bytes kb mb gb ms px
    """
_UNSPACED: Final = """
    電話 电话 手机 携帯 電話番号 联系方式 号码 ファックス 传真 致电 拨打 전화 휴대폰 핸드폰 연락처 팩스 โทร
    """
_FILLER: Final = """
    n č serie seria series серия nº nro. numarasi
    number numbers no nr num nro numero numéro número numer numeru nummer nummeret numret numarası numaram
    numarasi čislo číslo номер is are was ist lautet sind est es son è e é sono jest to je er är on это a an the
    my mine our your his her their for of mein meine mi mon ma il la le el o os as den det min mit mitt code id
    card karte value set new ending starts am in les und der des de di do da del della with has been issued
    called reads current valid patient client customer employee user holder extranjero kunde kunden olarak sayı
    кимлик card_no tarihi d al kod kodu szám
    """
_NOT_MORE: Final = """
    had has was are were will can not but out off all one two get got new old how who see say his her she he they you
    my our
    of is in on at to van de le la el og i w z do or and und et y e en no po a an der ve dob tel fax exp iat for
    the
    """


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


PHONE: Final = _folded(_PHONE)
#: After these a bare number is one of a phone only with another hint: they announce any number.
ANY_NUMBER: Final = _folded(_ANY_NUMBER)
#: What announces another number: no phone after it unless the form leaves no doubt.
OTHER: Final = _folded(_OTHER)
#: Words of scripts without blanks that announce a phone number.
UNSPACED: Final = tuple(sorted(_folded(_UNSPACED)))
#: What may stand between a label and its value.
FILLER: Final = tuple(sorted(_folded(_FILLER), key=lambda word: (-len(word), word)))
#: Short words that go on with the sentence and are no part of a number.
NOT_MORE: Final = _folded(_NOT_MORE)
