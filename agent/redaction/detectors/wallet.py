"""Addresses of crypto currencies, by their documented forms.

Bitcoin, Litecoin, Dogecoin, Dash, Tron, Ripple: Base58Check; Bitcoin SegWit and relatives: BIP 173 and 350 (Bech32);
Ethereum: 0x and 40 hex digits (EIP-55 case); Monero: 95 or 106 characters; Stellar: StrKey; Cardano: CIP-19;
Solana: 32 bytes in Base58, which only a word beside it tells from other tokens. Checksums are not asked for:
a mistyped address is still one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from agent.redaction.kinds import WALLET
from agent.redaction.view import Span, View

_B58: Final = "1-9A-HJ-NP-Za-km-z"
_ADDRESS: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    rf"(?P<mixed>[13LMDX][{_B58}]{{25,34}}|A[{_B58}]{{33}}|T[{_B58}]{{33}}|r[{_B58}]{{24,34}}|[48][{_B58}]{{94}}(?:[{_B58}]{{11}})?"
    rf"|t[13][{_B58}]{{33}}|(?:tz[123]|KT1)[{_B58}]{{33}}|Ae2[{_B58}]{{50,110}}|DdzFF[{_B58}]{{50,110}}|[12mn9][{_B58}]{{32,33}})"
    r"|(?:0x|0X|hx|cx)[0-9a-fA-F]{40}"
    r"|(?i:(?:bc|tb|ltc|vtc|bcrt|ltc1|dgb)1[02-9ac-hj-np-z]{11,87})"
    r"|(?i:(?:addr|stake|addr_test|cosmos|osmo|terra|bnb|zs|inj|thor|sei|juno|celestia|akash|kava|secret|stars|axelar"
    r"|dydx|nolus|erd|one|band|iaa)1[02-9ac-hj-np-z]{36,110})"
    r"|(?i:(?:bitcoincash|bchtest):[qp][02-9ac-hj-np-z]{41})|[qp][02-9ac-hj-np-z]{41}"
    r"|(?:G|M)[A-Z2-7]{55}|(?:EQ|UQ|kQ|0Q)[A-Za-z0-9_-]{46}|(?:nano|xrb)_[13][13-9a-km-uw-z]{59}"
    r"|kaspa:[qp][02-9ac-hj-np-z]{60,62}"
    r")(?![A-Za-z0-9])"
)
_PIECE: Final = re.compile(r"\S{15,}")
#: Beside one of these 32 bytes in Base58, hexadecimal or Base32 are an address (Solana, Polkadot, Near, Sui, Algorand).
_WORDS: Final = frozenset(
    {"sol", "solana", "phantom", "wallet", "wallets", "dot", "polkadot", "kusama", "near", "address", "btc", "crypto"}
    | {"usdc", "usdt", "spl", "sui", "aptos", "apt", "algo", "algorand", "ton", "adresse", "adres", "indirizzo"}
    | {"kryptowahrung", "cartera", "portefeuille", "portfel", "кошелек", "cuzdan", "bitcoin", "ethereum", "eth", "xrp"}
    | {"coin", "coins", "ledger", "metamask", "nft", "airdrop"}
)
_LABELLED: Final = re.compile(r"(?<![A-Za-z0-9])(?:(?:0x|0:|-1:)?[0-9a-fA-F]{64}|[A-Z2-7]{58})(?![A-Za-z0-9])")
_SOLANA: Final = re.compile(rf"(?<![A-Za-z0-9])[{_B58}]{{32,48}}(?![A-Za-z0-9])")


class Wallets:
    """Finds addresses that money is sent to."""

    def find(self, view: View) -> Iterator[Span]:
        """See ``Detector.find``."""
        if not view.long:
            return
        typed = view.cased
        for match in (match for piece in _PIECE.finditer(typed) for match in _ADDRESS.finditer(typed, *piece.span())):
            value = match.group()
            if match.group("mixed") and not _mixed(value):
                continue
            if not any(char.isdigit() for char in value):
                continue
            yield view.span(match.start(), match.end(), WALLET)
        if not view.words.isdisjoint(_WORDS):
            for match in _LABELLED.finditer(typed):
                if any(map(str.isdigit, match.group())):
                    yield view.span(match.start(), match.end(), WALLET)
            for match in _SOLANA.finditer(typed):
                if _mixed(match.group()):
                    yield view.span(match.start(), match.end(), WALLET)

    def open_from(self, view: View) -> int:
        """See ``Detector.open_from``: an address is one word, which is held back anyway."""
        return len(view.text)


def _mixed(value: str) -> bool:
    """Capitals, small letters and digits, as 25 random characters of Base58 nearly always have."""
    return (
        any(char.isdigit() for char in value)
        and any(char.isupper() for char in value)
        and any(char.islower() for char in value)
    )
