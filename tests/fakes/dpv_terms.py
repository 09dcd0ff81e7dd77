"""Names that exist in the Data Privacy Vocabulary 2.3: facts to check against, not the vocabulary itself.

Source: https://w3id.org/dpv/2.3, files 2.3/dpv/dpv.csv, 2.3/pd, 2.3/ai, 2.3/legal, 2.3/loc and schema/dpv-27560.ttl of
https://github.com/w3c/dpv, commits f01a55c and 9c49d80, looked up in November 2026. ``WithinDevice`` is left out on
purpose: 2.3 marks it as deprecated.
"""

from __future__ import annotations

from typing import Final

_DPV: Final = """
    Collect Consent ConsentControl ConsentExpired ConsentGiven ConsentInvalidated ConsentNotice ConsentReceipt
    ConsentRecord ConsentRefused ConsentRequestDeferred ConsentRequested ConsentRevoked ConsentStatus ConsentUnknown
    ConsentWithdrawn DataController DataRedaction DataSubject DataSubjectRight Employee EncryptionAtRest
    EncryptionInTransfer ExplicitlyExpressedConsent LocalLocation Optional Process ProvideConsent
    RenewedConsentGiven StorageDeletion StorageDuration StorageLocation WithdrawConsent hasAddress hasApplicableLaw
    hasAuthority hasConsentControl hasConsentStatus hasContact hasDataController hasDataSubject hasDuration
    hasImpactAssessment hasIndicationMethod hasJurisdiction hasLegalBasis hasLocation hasName hasNecessity hasNotice
    hasPersonalData hasProcess hasProcessing hasPurpose hasRecipient hasRecordOfActivity hasRight
    hasStorageCondition hasTechnicalMeasure isExercisedAt isIndicatedAtTime isIndicatedBy
"""

TERMS: Final[dict[str, frozenset[str]]] = {
    "dpv": frozenset(_DPV.split()),
    "pd": frozenset({"Behavioural"}),
    "ai": frozenset({"ModelTraining"}),
    "eu-gdpr": frozenset({"A6-1-a", "A7-3"}),
    "legal-eu": frozenset({"law-GDPR"}),
    # Countries are the alpha-2 codes of ISO 3166-1; these are the ones the sample notices name.
    "loc": frozenset({"DE", "US"}),
    "dpv-27560": frozenset({"record", "receipt", "record-eu-gdpr", "receipt-eu-gdpr"}),
    # https://www.dublincore.org/specifications/dublin-core/dcmi-terms and https://schema.org/recipient
    "dct": frozenset({"identifier", "conformsTo", "created", "date", "language", "title", "valid"}),
    "schema": frozenset({"recipient"}),
}

#: IRIs of the name spaces, as DPV 2.3 and the others publish them.
SPACES: Final = {
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "ai": "https://w3id.org/dpv/ai#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "legal-eu": "https://w3id.org/dpv/legal/eu#",
    "loc": "https://w3id.org/dpv/loc#",
    "dpv-27560": "https://w3id.org/dpv/schema/dpv-27560#",
    "dct": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
}
