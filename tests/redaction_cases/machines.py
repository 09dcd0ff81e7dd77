"""E-mail, network, device and wallet addresses, positions, by the documents that define their forms."""

# lists of forms and sentences in many scripts

# ruff: noqa: E501, RUF001  # lists of forms and sentences in many scripts

from __future__ import annotations

import random
from ipaddress import IPv6Address

from tests.redaction_cases.draw import B58, BECH32, HEX, digits, grouped, letters

_LOCALS = (
    "marta.lind", "k_osei", "o'brien", "t.v.dijk", "sales+eu", "info", "x", "ana-lucia", "j.doe77", "HR.Team", "jürgen",
    "петр.иванов", "zoe%shop", "first.last", "no-reply", "li.wei", "sævar", "a.b.c.d", "m1",
)  # fmt: skip
_HOSTS = (
    "example.org", "mail.example.co.uk", "büro.example.de", "firma.museum", "sub.dept.example.com", "example.io", "почта.example.рф",
    "my-shop.example.fr", "example.technology", "x.example.jp", "EXAMPLE.COM", "uni-stadt.example.edu", "example.com.br",
)  # fmt: skip
_AT = (
    "{} (at) {}",
    "{}(at){}",
    "{} [at] {}",
    "{} at {}",
    "{} AT {}",
    "{}[at]{}",
    "{} @ {}",
    "{} {{at}} {}",
    "{} <at> {}",
)
_DOT = (" dot ", " (dot) ", "(dot)", " [dot] ", "[dot]", " DOT ", "[.]")


def email(rng: random.Random) -> str:
    """RFC 5322 and 6531, or spelled against robots."""
    local, host = rng.choice(_LOCALS), rng.choice(_HOSTS)
    way = rng.random()
    if way < 0.62:
        return f"{local}{rng.choice(('', str(rng.randint(1, 99))))}@{host}"
    if way < 0.7:
        return f"mailto:{local}@{host}"
    if way < 0.75:
        return f"{local}%40{host}"
    if way < 0.8:
        return f'"{local} {rng.choice(("x", "jr"))}"@{host}'
    if way < 0.85:
        return f"{local}@[{_v4(rng)}]"
    local, host = "marta.lind" if "'" in local or "%" in local else local, rng.choice(_HOSTS[:4])
    form = rng.choice(_AT)
    # "name at host.com" without a spelled dot may be prose ("meet me at example.org"): it is written with one here.
    return form.format(local, host.replace(".", rng.choice(_DOT)))


def _v4(rng: random.Random) -> str:
    return ".".join(
        str(part) for part in (rng.randint(1, 223), rng.randint(0, 255), rng.randint(0, 255), rng.randint(1, 254))
    )


def ip(rng: random.Random) -> str:
    """RFC 791, 4291, 5952, 4007: with port, prefix, zone, brackets."""
    way = rng.random()
    if way < 0.55:
        private = rng.choice(("10.{}.{}.{}", "192.168.{}.{}", "172.16.{}.{}", "127.0.0.{}", "169.254.{}.{}"))
        plain = private.format(*(rng.randint(1, 254) for _ in range(3))) if rng.random() < 0.3 else _v4(rng)
        return rng.choice((plain, plain, plain, f"{plain}/{rng.randint(8, 32)}", plain.replace(".", "[.]")))
    groups = [f"{rng.randint(0, 0xFFFF):x}" for _ in range(8)]
    groups[0] = f"2{rng.randint(0, 0xFFF):03x}"
    full = ":".join(groups)
    return rng.choice(
        (
            full,
            full.upper(),
            IPv6Address(full).exploded,
            ":".join(groups[:4]) + "::",
            ":".join(groups[:3]) + "::" + groups[3],
            ":".join(groups[:2]) + "::" + ":".join(groups[4:6]),
            f"fe80::{groups[1]}:{groups[2]}:{groups[3]}%{rng.choice(('eth0', '2', 'en1', 'wlan0'))}",
            f"fe80::{groups[1]}",
            f"::ffff:{_v4(rng)}",
            f"64:ff9b::{_v4(rng)}",
            f"{':'.join(groups[:4])}::/{rng.choice((32, 48, 64))}",
            "::1",
            f"fd{rng.randint(16, 255):x}:{groups[2]}::{rng.randint(1, 9)}",
        )
    )


def mac(rng: random.Random) -> str:
    """IEEE 802: every way to group it, EUI-64 too."""
    value = "".join(rng.choice(HEX) for _ in range(12))
    wide = "".join(rng.choice(HEX) for _ in range(16))
    made = rng.choice(
        (
            grouped(value, 2, ":"), grouped(value, 2, ":"), grouped(value, 2, "-"), grouped(value, 4, "."), grouped(value, 4, ":"),
            grouped(wide, 2, ":"), grouped(value, 2, "-"), grouped(value, 4, "-"), f"{value[:6]}-{value[6:]}",
        )
    )  # fmt: skip
    return rng.choice((made, made.upper()))


def labelled_mac(rng: random.Random) -> str:
    """Forms that look like other things and stand beside a word: bare, with blanks."""
    value = "a" + "".join(rng.choice(HEX) for _ in range(10)) + "7"
    return rng.choice((value, value.upper(), grouped(value, 2, " ")))


def wallet(rng: random.Random) -> str:
    """Base58Check, BIP 173/350, EIP-55, and the forms of other chains."""

    def b58(count: int) -> str:
        return "a7K" + letters(rng, count - 3, B58)

    def bech(count: int) -> str:
        return "q7" + letters(rng, count - 2, BECH32)

    return rng.choice(
        (
            rng.choice("13") + b58(rng.choice((32, 33))),
            "bc1q" + bech(38), "bc1p" + bech(58), "BC1Q" + bech(38).upper(),
            "0x" + "7b" + letters(rng, 38, HEX + "ABCDEF"), "0x" + "a3" + letters(rng, 38, HEX),
            rng.choice("LM") + b58(33), "ltc1q" + bech(38),
            "D" + b58(33), "X" + b58(33), rng.choice("48") + b58(94), "r" + b58(33),
            "T" + b58(33), "addr1q" + bech(97), "stake1u" + bech(52), "G" + "A7" + letters(rng, 53, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
            "EQ" + "a7_" + letters(rng, 43, B58), "UQ" + "-7b" + letters(rng, 43, B58), "cosmos1" + bech(38), "bitcoincash:q" + bech(41),
            "t1" + b58(33), "tz1" + b58(33), "bnb1" + bech(38), "terra1" + bech(38), "hx" + "7" + letters(rng, 39, HEX),
        )
    )  # fmt: skip


def labelled_wallet(rng: random.Random) -> str:
    """Chains whose addresses look like other tokens: Solana, Polkadot, Near, Ripple with a tag."""
    return rng.choice(
        (
            "a7K" + letters(rng, 41, B58),
            "1a7K" + letters(rng, 44, B58),
            "a7" + letters(rng, 62, HEX),
            "0x7a" + letters(rng, 62, HEX),
        )
    )


def position(rng: random.Random) -> str:
    """ISO 6709, degrees and minutes, RFC 5870, plus codes, links of maps; ⟦⟧ where only a part of it is the position."""
    lat, lon = rng.uniform(-70, 70), rng.uniform(-170, 170)
    d, m, s = abs(int(lat)), rng.randint(0, 59), rng.uniform(0, 59)
    e, n, t = abs(int(lon)), rng.randint(0, 59), rng.uniform(0, 59)
    code = letters(rng, 4, "23456789CFGHJMPQRVWX")
    return rng.choice(
        (
            f"{lat:.5f}, {lon:.5f}", f"{lat:.4f},{lon:.4f}", f"{abs(lat):.4f}° N, {abs(lon):.4f}° W", f"{abs(lat):.5f}°N {abs(lon):.5f}°E",
            f"{d}°{m:02}'{s:.1f}\"N {e}°{n:02}'{t:.1f}\"E", f"{d}° {m}′ {s:.0f}″ N, {e}° {n}′ {t:.0f}″ W",
            f"{d}°{m:02}.{rng.randint(100, 999)}'N {e}°{n:02}.{rng.randint(100, 999)}'W",
            f"geo:⟦{lat:.5f},{lon:.5f}⟧", f"geo:⟦{lat:.4f},{lon:.4f}⟧;u={rng.randint(5, 50)}",
            f"https://www.google.com/maps/@⟦{lat:.6f},{lon:.6f}⟧,15z", f"https://maps.google.com/?q=⟦{lat:.5f},{lon:.5f}⟧",
            f"https://www.openstreetmap.org/#map=17/⟦{lat:.5f}/{lon:.5f}⟧",
            f"8{rng.choice('FGHMPQ')}{letters(rng, 2, '23456789')}{code}+{letters(rng, 2, 'CFGHJMPQRVWX')}",
            f"lat: ⟦{lat:.5f}⟧, lon: ⟦{lon:.5f}⟧", f'{{"lat": ⟦{lat:.5f}⟧, "lng": ⟦{lon:.5f}⟧}}', f"latitude ⟦{lat:.5f}⟧ longitude ⟦{lon:.5f}⟧",
            f"N {d}° {m:02}.{rng.randint(100, 999)} E {e}° {n:02}.{rng.randint(100, 999)}", f"{d}.{digits(rng, 4)}N, {e}.{digits(rng, 4)}E",
        )
    )  # fmt: skip
