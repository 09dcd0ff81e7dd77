"""Texts with nothing to take out that look as if: versions, prices, dates, order numbers, code, tables, results."""

# lists of forms and sentences in many scripts

# ruff: noqa: E501, RUF001, S608, F541  # lists of forms and sentences in many scripts

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from uuid import UUID

from tests.redaction_cases.draw import HEX, digits, letters, pattern


def _version(rng: random.Random) -> str:
    a, b, c, d = (rng.randint(0, 40) for _ in range(4))
    return rng.choice(
        (
            f"upgrade to version {a}.{b}.{c}.{d} first", f"the driver is v{a}.{b}.{c}", f"pip install tool=={a}.{b}.{c}.{d}", f"Chrome/{a}.0.{b}.{c}", f"build {a}.{b}.{c}.{d}",
            f"release {a}.{b}-rc{c}", f"Firmware {a}.{b}.{c}", f"lib-{a}.{b}.{c}.{d}.jar", f"since {a}.{b}.{c} it works", f"node {a}.{b}.{c}, npm {d}.{a}.{b}",
            f"file version: {a}.{b}.{c}.{d}", f"Version {a}.{b}.{c}.{d} behebt das", f"section {a}.{b}.{c}.{d} says so", f"DirectX {a}.{b} and OpenGL {c}.{d}",
        )
    )  # fmt: skip


def _price(rng: random.Random) -> str:
    n, m = rng.randint(1, 999), rng.randint(100, 999)
    return rng.choice(
        (
            f"it costs ${n},{m}.99 in total", f"{n} {m},50 € pro Monat", f"the budget is {n}.{m}.000 EUR", f"£{n}.{m % 100:02} each, 12 for £{m}.50", f"¥{n},{m},000", f"{n}{m} Kč",
            f"kostar {n} {m} kr", f"revenue {n}.{m % 10}M vs {m}.{n % 10}M", f"{m} zł {n % 100:02} gr", f"15% of {m}{n} is {n}", f"{n}{m},00 TL", f"около {n} {m} рублей",
            f"total: {n},{m},{m}", f"R$ {n}.{m},00", f"{m}만원입니다", f"一共{m}元",
        )
    )  # fmt: skip


def _date(rng: random.Random) -> str:
    y, mo, d, h, mi = (
        rng.randint(1990, 2035),
        rng.randint(1, 12),
        rng.randint(1, 28),
        rng.randint(0, 23),
        rng.randint(0, 59),
    )
    return rng.choice(
        (
            f"meet on {d}/{mo}/{y} at {h}:{mi:02}", f"{y}-{mo:02}-{d:02}T{h:02}:{mi:02}:00Z started", f"Termin am {d}.{mo}.{y} um {h}:{mi:02} Uhr", f"le {d}/{mo:02}/{y} à {h}h{mi:02}",
            f"deadline {y}-{mo:02}-{d:02}", f"from {h}:{mi:02} to {h}:{mi:02}:30", f"{y}年{mo}月{d}日に会議", f"{d} мая {y} года в {h}:{mi:02}", f"on May {d}, {y} we ship", f"week {d} of {y}",
            f"[{y}/{mo:02}/{d:02} {h:02}:{mi:02}:{d:02}.{mi:03}] INFO ready", f"Q{mo % 4 + 1} {y} report", f"{h:02}:{mi:02}:{d:02},{y} --> {h:02}:{mi:02}:{d:02},{y}", f"{y}{mo:02}{d:02}_{h:02}{mi:02} backup",
            f"founded in {y}, closed in {y + 3}", f"the years {y}-{y + 4}", f"{d}-{mo}-{y} is free", f"epoch 16{digits(rng, 8)}",
        )
    )  # fmt: skip


def _order(rng: random.Random) -> str:
    n = digits(rng, rng.choice((6, 8, 10)))
    return rng.choice(
        (
            f"order {n} has shipped", f"Bestellung {n} ist da", f"commande {n} expédiée", f"invoice INV-{n}", f"ticket #{n}", f"PO {n}", f"Rechnung {n} bezahlt", f"case {n} is closed", f"JIRA-{n[:4]} is done",
            f"SKU {n[:3]}-{n[3:6]}", f"PR #{n[:4]}", f"issue {n[:5]}", f"pedido {n} enviado", f"batch {n}", f"ref {n}", f"zamówienie {n}", f"order no. {n}", f"tracking 1Z{pattern(rng, '*******')}",
            f"part no. {n[:3]}-{n[3:6]}-A", f"model {letters(rng, 2)}-{n[:4]}", f"article {n}", f"serial of the pump: {letters(rng, 3)}{n[:4]}", f"заказ {n} готов", f"订单{n}已发货", f"注文番号{n}",
        )
    )  # fmt: skip


def _room(rng: random.Random) -> str:
    n, m = rng.randint(1, 40), rng.randint(1, 12)
    return rng.choice(
        (
            f"room {n}.{m:02} on floor {m}", f"Raum {n}.{m:03} im Haus {m}", f"gate {letters(rng, 1)}{n}", f"seat {n}{letters(rng, 1)} row {m}", f"hall {m}, stand {n}", f"bus {n}{m} every {m} minutes", f"platform {m}", f"salle {n}{m}", f"chapter {n}, page {m}{n}",
            f"table {m} for {n} people", f"flight {letters(rng, 2)}{n}{m}", f"line {n}, column {m}", f"Gleis {m} um {n}", f"building {m} level {n}", f"aula {n}", f"we drove {n}{m} km on route {m}", f"exit {n} off the motorway", f"parking deck {m}, bay {n}",
        )
    )  # fmt: skip


def _book(rng: random.Random) -> str:
    return rng.choice(
        (
            f"ISBN 978-{pattern(rng, '#-##-######-#')}", f"ISBN 978{pattern(rng, '##########')}", f"ISSN {pattern(rng, '####-###')}X", f"doi:10.{pattern(rng, '####')}/{pattern(rng, '?????')}.{pattern(rng, '####')}",
            f"RFC {pattern(rng, '%###')}", f"ISO {pattern(rng, '%####')}-{rng.randint(1, 9)}:20{pattern(rng, '1#')}", f"DIN EN {pattern(rng, '%####')}", f"arXiv:{pattern(rng, '2#0#.#####')}", f"CVE-20{pattern(rng, '2#-#####')}",
            f"EAN 4{pattern(rng, '############')}", f"§ {pattern(rng, '%##')} Abs. 2", f"article L{pattern(rng, '###-#')}", f"pp. {pattern(rng, '1##-2##')}", f"vol. {pattern(rng, '%#')}, no. {rng.randint(1, 12)}, {pattern(rng, '%##')}-{pattern(rng, '9##')}", f"US patent {pattern(rng, '%,###,###')}",
        )
    )  # fmt: skip


def _hash(rng: random.Random) -> str:
    uuid = UUID(int=rng.getrandbits(128), version=4)
    return rng.choice(
        (
            f"commit {letters(rng, 40, HEX)}", f"sha256:{letters(rng, 64, HEX)}", f"md5 {letters(rng, 32, HEX)}", f"id {uuid}", f"git checkout {letters(rng, 7, HEX)}", f"{{{str(uuid).upper()}}}", f'etag "{letters(rng, 32, HEX)}"',
            f"uuid={uuid}", f"digest {letters(rng, 40, HEX)} ok", f"request-id: {uuid}", f"checksum {letters(rng, 8, HEX)}", f"color #{letters(rng, 6, HEX)}", f"0x{letters(rng, 8, HEX)} at 0x{letters(rng, 16, HEX)}", f"blob {letters(rng, 40, HEX)[:12]}..{letters(rng, 12, HEX)}",
        )
    )  # fmt: skip


def _code(rng: random.Random) -> str:
    n, m, k = rng.randint(1, 999), rng.randint(1, 65535), rng.randint(0, 255)
    return rng.choice(
        (
            f"for (int i = 0; i < {n}; i++) {{ sum += a[i]; }}", f"if x >= {n} and y != {m}: return {k}", f"const MAX = {m}; // was {n}", f"arr[{n}:{m}] = np.zeros({k})", f"std::vector<std::pair<int, Foo::Bar>> v({n});", f"SELECT a.id, b.total FROM a JOIN b ON a.id = b.a_id WHERE b.n > {n}",
            f"docker run -p {m}:80 -v /srv:/data web", f"@app.route('/v{k}/items')", f"width: {n}px; margin: 0 {k}px", f"rgb({k}, {k}, {n % 256})", f"chmod 0{k % 8}44 file && ls -la", f"git rebase -i HEAD~{k}", f"sed -n '{n},{m}p' file.txt", f"x = a::b::c(d, {n}, {m})", f"assert f({n}) == {m}",
            f"/usr/lib/x86_64-linux-gnu/lib.so.{k}.{n}", f"C:\\Program Files\\App {k}\\bin{n}", f"src/main/java/com/acme/v{k}/Foo{n}.java", f"@media (max-width: {n}px)", f"@decorator({k}) def f{n}(self)", f"import a.b.c as d{k}", f"http://localhost:{m}/index.html?page={n}", f"kubectl scale deploy/web --replicas={k}",
            f'printf("%d %s", {n}, name);', f"1 << {k % 32} | 0x{n:x}", f"a:b:c:{k}", f"lambda v: v['x'] * {n} + {m}", f"#include <v{k}.h>", f"background: url(img{n}@2x.png)", f"npm i @scope/pkg@{k}.{n}.0",
        )
    )  # fmt: skip


def _maths(rng: random.Random) -> str:
    a, b = rng.uniform(0, 1000), rng.uniform(0, 10)
    return rng.choice(
        (
            f"pi is 3.14159265358979", f"{a:.3f} + {b:.6f} = {a + b:.6f}", f"f(x) = {b:.2f}x^2 - {a:.1f}x + {b:.0f}", f"mean {a:.4f}, sd {b:.4f}, n = {int(a)}", f"p < 0.00{int(b) + 1}", f"({int(a)}, {int(b)}), ({int(b)}, {int(a)})", f"ratio {int(a)}:{int(b) + 1}", f"{int(a)} / {int(b) + 1} ≈ {a / (b + 1):.5f}",
            f"{b:.3e} m/s", f"loss: {b:.4f} - acc: 0.{int(a)}", f"{int(a)}×{int(b)}×{int(a)} mm", f"{a:.2f} kg at {b:.1f} °C", f"{int(b)}° to the left", f"sum = {int(a)} {int(b)} {int(a)} {int(b)}", f"tolerance ±{b:.3f}", f"1 2 3 4 5 6 7 8 9 10", f"bbox {a:.1f} {b:.1f} {a:.1f} {b:.1f}", f"seed {int(a)}, lr {b:.5f}",
        )
    )  # fmt: skip


def _table(rng: random.Random) -> str:
    def row() -> list[str]:
        return [str(rng.randint(0, 9999)) for _ in range(rng.randint(3, 6))]

    sign = rng.choice((",", "\t", " | ", ";", "  "))
    return rng.choice(("day,visits,sales\n", "", "x y z\n", "Jahr;Menge\n")) + "\n".join(
        sign.join(row()) for _ in range(3)
    )


def _sport(rng: random.Random) -> str:
    a, b = rng.randint(0, 9), rng.randint(0, 9)
    return rng.choice(
        (
            f"they won {a}-{b} after extra time", f"6-{a % 5}, 3-6, 7-6 ({b})", f"Endstand {a}:{b} ({a % 3}:{b % 3})", f"ran 10 km in {40 + a}:{b}3.{a}", f"score {a}{b}-{b}{a}, {a}{b} rebounds", f"1:5{a}.{b}2 over 800 m", f"season {2010 + a}/{11 + a}", f"lap 4{a}, 1:2{b}.30{a}", f"{a}-{b}-{a} record", f"jumped {a}.{b}5 m",
        )
    )  # fmt: skip


def _prose(rng: random.Random) -> str:
    n = rng.randint(2, 90)
    return rng.choice(
        (
            f"the {n} people in the street were tired", f"call me when you are done with page {n}", f"ring the bell {n} times", f"we need {n} licences for the new tool", f"my account has {n} open tasks", f"the plate had {n} slices", f"license to use {n} seats", f"passport photos cost {n} euros",
            f"born in the {n // 10 * 10 % 100}s", f"die Straße ist {n} km lang", f"in der Straße stehen {n} Bäume", f"il y a {n} places dans la rue", f"la calle tiene {n} casas", f"drive {n} miles down the road", f"look at the dot on the map at point {n}", f"the way {n} of us see it", f"park {n} cars",
            f"address the {n} comments please", f"she lives at the top of the hill", f"it lives at the end of the file", f"send to all {n} of them", f"send it to the printer on level {n}", f"moved to the next sprint, {n} points", f"at noon or at {n % 12} dot com was mentioned", f"the policy number of pages is {n}",
            f"in {n} Minuten am Platz", f"he has {n} points on the card", f"visit us at booth {n}", f"it was sent to {n} users", f"located at the back, {n} metres in", f"mijn weg is {n} km", f"konto der Idee: {n} Punkte", f"plats {n} i kön", f"sto na ulici {n} minut", f"{n} van de {n + 5} plekken", f"run {n} tests", f"the station {n} minutes away",
            f"Die Allee hat {n} Linden", f"no {n} is my favourite", f"number {n} on the list", f"tel me {n} reasons", f"cell B{n} holds the sum", f"contact lens power -{n % 9}.25", f"direct costs {n},000", f"text size {n}pt", f"phone battery at {n}%", f"mobile share is {n}.{n % 10}%", f"fax from {1900 + n}", f"page {n} of {n + 100}", f"line {n} answers {n + 4} calls a day",
        )
    )  # fmt: skip


def _units(rng: random.Random) -> str:
    n, m = rng.randint(1, 999), rng.randint(1, 99)
    return rng.choice(
        (
            f"{n} MB free of {n * 10} GB", f"{n},{m:02}0 steps", f"CPU {m}% mem {n} MiB", f"{n}x{n * 2} px", f"IP rating IP{m % 10}{m % 9}", f"port {n + 1024}", f"timeout {n}000 ms", f"M{m % 20 + 3}x{m} bolt", f"Type C-{n}", f"5G, LTE band {m}", f"USB {m % 4}.{n % 3}, HDMI 2.{m % 2}", f"AA{n} batteries", f"A4 paper, {m} g", f"R{n} resistor {m}k", f"HP {n}XL", f"{m}.{n % 10}.{m % 7} is the order of steps",
            f"E{n} additive", f"vitamin B{m % 12 + 1}", f"size {m}/{m + 2}", f"NGC {n}", f"Boeing 7{m % 9}7-{n}", f"bus line M{m}", f"Windows 10 22H2 build 19{n:03}", f"GTX {n}0 with {m} GB", f"chapter {m % 9}.{n % 9}.{m % 5}.{n % 4} of the norm", f"opus {n} no. {m}", f"K. {n}", f"BWV {n}", f"psalm {m}:{n % 20}", f"Mt {m % 28},{n % 30}",
        )
    )  # fmt: skip


KINDS: tuple[Callable[[random.Random], str], ...] = (
    _version, _price, _date, _order, _room, _book, _hash, _code, _maths, _table, _sport, _prose, _units
)  # fmt: skip


def texts(count: int, seed: int = 1) -> Iterator[str]:
    """The same ones every time, the kinds in turn."""
    rng = random.Random(f"harmless {seed}")
    for number in range(count):
        yield KINDS[number % len(KINDS)](rng)
