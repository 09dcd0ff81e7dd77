"""Approved records -> sealed batch; the formats of batch, receipt and key file, for both sides of the wire."""

from agent.seal.batch import Facts, LocalSlot, Opened, SealTerms, open_batch, open_own, restore, seal, split
from agent.seal.cosign import Cosigned, Share, cosign_share, encode_cosigned, parse_cosigned
from agent.seal.header import HEAD_LENGTH, MAX_BATCH, Header, batch_id, may_erase, parse_header, peek, verify
from agent.seal.hybrid import key_id
from agent.seal.receipt import Delivered, Receipt, issue, parse_receipt, verify_receipt
from agent.seal.statement import (
    Enrolment,
    Erasure,
    device_name,
    erased_name,
    issue_enrolment,
    issue_erasure,
    prove,
    proves,
    verify_enrolment,
    verify_erasure,
)

__all__ = [
    "HEAD_LENGTH",
    "MAX_BATCH",
    "Cosigned",
    "Delivered",
    "Enrolment",
    "Erasure",
    "Facts",
    "Header",
    "LocalSlot",
    "Opened",
    "Receipt",
    "SealTerms",
    "Share",
    "batch_id",
    "cosign_share",
    "device_name",
    "encode_cosigned",
    "erased_name",
    "issue",
    "issue_enrolment",
    "issue_erasure",
    "key_id",
    "may_erase",
    "open_batch",
    "open_own",
    "parse_cosigned",
    "parse_header",
    "parse_receipt",
    "peek",
    "prove",
    "proves",
    "restore",
    "seal",
    "split",
    "verify",
    "verify_enrolment",
    "verify_erasure",
    "verify_receipt",
]
