"""Postal addresses in the ways of many countries (UPU S42), in their own words: one line, two lines, announced or not."""

# lists of forms and sentences in many scripts

# ruff: noqa: E501, RUF001, RUF005, SIM905  # lists of forms and sentences in many scripts

from __future__ import annotations

import random

from tests.redaction_cases.draw import pattern

#: Country -> streets, numbers and street forms ({s} street, {n} number), town lines, and sentences that announce one.
_US_STREETS = "Maple Elm Walnut Jefferson Lakeview Cedar Hawthorne Willow Franklin Cypress Sunset Magnolia".split()
_UK_STREETS = "Station Victoria Church Albert Queens Mill Chapel Windsor Park Cromwell".split()
COUNTRIES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "us": (
        tuple(f"{{n}} {name} {kind}" for name in _US_STREETS for kind in ("Street", "Ave", "Rd.", "Blvd", "Lane", "Court", "Dr"))
        + ("{n} N Main St Apt {m}", "{n} West 42nd Street, Suite {m}", "{n} County Road {m}", "PO Box {n}", "{n} Old Mill Rd Unit {m}B", "P.O. Box {n}", "{n} SW 8th Ave #{m}"),
        ("Springfield, IL #####", "Portland OR #####-####", "Dayton, Ohio #####", ""),
        ("I live at {}", "ship it to {}", "our office is at {}", "mailing address: {}", "{}", "he moved to {}"),
    ),
    "uk": (
        tuple(f"{{n}} {name} {kind}" for name in _UK_STREETS for kind in ("Road", "Street", "Close", "Gardens", "Terrace", "Lane"))
        + ("Flat {m}, {n} Albany Court", "{n}a High Street", "Rose Cottage, {n} Church Lane", "PO Box {n}"),
        ("Leeds LS# #AB", "London SW1A #AA", "Bristol, BS# #XY", "York\nYO## #LM", ""),
        ("she lives at {}", "send the parcel to {}", "address: {}", "{}", "come round to {}"),
    ),
    "de": (
        ("Gartenstraße {n}", "Hauptstr. {n}", "Am Markt {n}", "Lindenweg {n}a", "Schillerplatz {n}", "Bergmannallee {n}", "Unter den Eichen {n}", "Goethestrasse {n}-{m}", "Postfach {n}", "An der Mühle {n}"),
        ("##### Kassel", "D-##### Ulm", "\n##### Bad Homburg", "##### Köln", ""),
        ("Ich wohne in der {}", "Anschrift: {}", "Lieferung an {}", "{}", "wohnhaft {}"),
    ),
    "fr": (
        ("{n} rue de la Gare", "{n} bis, avenue Victor Hugo", "{n}, boulevard Voltaire", "{n} chemin des Vignes", "{n} place du Marché", "{n} impasse des Lilas", "BP {n}", "{n} allée des Tilleuls", "{n} quai de Saône"),
        ("##### Lyon", "\n##### Nantes", ", ##### Aix-en-Provence", "##### Lille Cedex", ""),
        ("j'habite au {}", "adresse : {}", "livrer au {}", "{}"),
    ),
    "es": (
        ("Calle Mayor {n}", "C/ Alcalá, {n}, {m}º B", "Avenida de la Paz {n}", "Plaza de España, {n}", "Paseo del Prado {n}", "Avda. Constitución nº {n}", "Camino Real {n}", "Apartado de correos {n}", "Ronda de Toledo {n}, {m}º izda"),
        ("##### Madrid", "\n##### Sevilla", ", ##### Valencia", ""),
        ("vivo en {}", "dirección: {}", "enviar a {}", "{}", "mi casa está en {}"),
    ),
    "it": (
        ("Via Roma {n}", "via Garibaldi, {n}", "Piazza Duomo {n}", "Corso Italia {n}/A", "Viale dei Mille {n}", "Vicolo Stretto {n}", "Largo Augusto {n}", "Casella Postale {n}"),
        ("##### Milano (MI)", "\n##### Firenze FI", ", ##### Torino", ""),
        ("abito in {}", "indirizzo: {}", "spedire a {}", "{}"),
    ),
    "nl": (
        ("Kerkstraat {n}", "Prinsengracht {n}-{m}", "Stationsplein {n}", "Beukenlaan {n}b", "Van der Helstweg {n}", "Postbus {n}", "Oude Dijk {n}"),
        ("%### AB Utrecht", "%###CD Breda", "\n%### XZ Den Haag", ""),
        ("ik woon op de {}", "adres: {}", "bezorgen op {}", "{}"),
    ),
    "pt": (
        ("Rua das Flores, {n}", "Avenida da Liberdade {n}, {m}º Esq.", "Travessa do Carmo {n}", "Praça da República, {n}", "Rua Augusta {n}", "Alameda Santos, {n}, apto {m}", "Largo do Rato {n}", "R. Castilho {n}"),
        ("####-### Lisboa", ", #####-### São Paulo - SP", "\n####-### Porto", ""),
        ("moro na {}", "morada: {}", "endereço: {}", "{}", "entregar na {}"),
    ),
    "pl": (
        ("ul. Kwiatowa {n}", "ul. Mickiewicza {n}/{m}", "al. Jana Pawła II {n}", "os. Słoneczne {n} m. {m}", "pl. Wolności {n}", "ulica Polna {n}", "Długa {n}/{m}"),
        ("##-### Kraków", ", ##-### Gdańsk", "\n##-### Poznań"),
        ("mieszkam przy {}", "adres: {}", "wysłać na {}", "{}"),
    ),
    "se": (
        ("Storgatan {n}", "Kungsvägen {n} B", "Björkallén {n}", "Södra Esplanaden {n}", "Box {n}", "Nygatan {n}, lgh {m}", "Västra Hamngatan {n}"),
        ("### ## Malmö", ", ### ## Uppsala", "\n### ## Lund"),
        ("jag bor på {}", "adress: {}", "skicka till {}", "{}"),
    ),
    "dk": (
        ("Nørregade {n}", "Skovvej {n}, {m}. tv.", "Vesterbrogade {n}", "Havneallé {n}", "Strandboulevarden {n}", "Postboks {n}", "Kirkestræde {n} st. th."),
        ("%### Odense C", ", %### Aarhus", "\n%### Vejle"),
        ("jeg bor på {}", "adresse: {}", "send til {}", "{}"),
    ),
    "fi": (
        ("Mannerheimintie {n}", "Koulukatu {n} A {m}", "Rantapolku {n}", "Kauppatori {n}", "Mäkikuja {n} B"),
        ("##### Turku", ", ##### Oulu", "\n##### Espoo"),
        ("asun osoitteessa {}", "osoite: {}", "{}"),
    ),
    "cz": (
        ("Husova {n}", "Masarykova {n}/{m}", "ulice Dlouhá {n}", "náměstí Míru {n}", "Nádražní {n}", "tř. Svobody {n}"),
        ("### ## Brno", ", ### ## Praha %", "\n### ## Plzeň"),
        ("bydlím v {}", "adresa: {}", "bydliště: {}", "{}"),
    ),
    "tr": (
        ("Atatürk Caddesi No: {n}", "Gül Sokak No {n} D: {m}", "Bağdat Cad. {n}/{m}", "Cumhuriyet Mah. Lale Sok. No:{n}", "İnönü Bulvarı {n}"),
        ("##### Kadıköy/İstanbul", ", ##### Ankara", " Bornova İzmir", ""),
        ("adresim {}", "adres: {}", "{}", "gönderim adresi {}"),
    ),
    "ru": (
        ("ул. Ленина, д. {n}, кв. {m}", "улица Пушкина, дом {n}", "пр. Мира {n}", "проспект Победы, {n}", "Невский пр-т, {n}", "наб. реки Мойки, д. {n}", "пер. Садовый, {n}", "ул. Гагарина {n}, корп. {m}, кв. {n}"),
        (", Казань, ######", "\n###### г. Самара", ""),
        ("живу по адресу {}", "адрес: {}", "доставка: {}", "{}"),
    ),
    "jp": (
        ("東京都新宿区西新宿{m}-{m}-{m}", "大阪府大阪市北区梅田{m}丁目{n}番{m}号", "〒###-####\n京都府京都市中京区河原町{m}-{n}", "神奈川県横浜市西区みなとみらい{m}-{m}-{m} 青葉ビル{n}号室", "北海道札幌市中央区北{m}条西{m}丁目{m}"),
        ("",),
        ("住所は{}です", "住所：{}", "{}", "{}まで送ってください"),
    ),
    "cn": (
        ("北京市朝阳区建国路{n}号", "上海市浦东新区世纪大道{n}弄{m}号{m}室", "广东省深圳市南山区科技园路{n}号{m}栋", "杭州市西湖区文三路{n}号", "四川省成都市武侯区人民南路{m}段{n}号"),
        ("", " ######"),
        ("地址：{}", "我住在{}", "{}", "请寄到{}"),
    ),
    "kr": (
        ("서울특별시 강남구 테헤란로 {n}", "부산광역시 해운대구 센텀중앙로 {n}, {m}동 {n}호", "경기도 성남시 분당구 판교로 {n}번길 {m}", "서울시 마포구 월드컵북로 {n}", "대전 유성구 대학로 {n}"),
        ("", " (#####)"),
        ("주소는 {}입니다", "주소: {}", "{}", "배송지: {}"),
    ),
}  # fmt: skip


def address(rng: random.Random, country: str) -> tuple[str, str]:
    """(carrier, address). A street without a town and an announcement stays out where its form alone does not tell."""
    streets, towns, carriers = COUNTRIES[country]
    number = str(
        rng.choice(
            (rng.randint(1, 199), rng.randint(1, 99), rng.randint(100, 2999) if country == "us" else rng.randint(2, 60))
        )
    )
    street = rng.choice(streets).replace("{n}", number).replace("{m}", str(rng.randint(2, 9)))
    town = pattern_digits(rng, rng.choice(towns))
    value = pattern_digits(rng, street)
    if town:
        value += (
            town
            if town[0] in ", \n" or country in {"jp", "cn", "kr"}
            else rng.choice((", ", ", ", "\n", " " if country == "de" else ", ")) + town
        )
    carrier = rng.choice(carriers)
    if rng.random() < 0.15 and carrier != "{}":
        value = value.lower()
    return carrier, value


def pattern_digits(rng: random.Random, form: str) -> str:
    """Only ``#`` and ``%`` are drawn; letters stand as they are."""
    return "".join(pattern(rng, sign) if sign in "#%" else sign for sign in form)
