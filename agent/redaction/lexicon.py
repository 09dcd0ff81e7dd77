"""Words that announce a number of somebody: of an identity, a document, an account, a vehicle, an insurance, a birth.

One line a kind of label, phrases parted by commas, in folded form after loading. Sources: the names that the issuing
authorities themselves use, in their languages and in English.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from agent.redaction.kinds import ACCOUNT, BIRTH, ID, LICENCE, MAC, MEDICAL, PASSPORT, PLATE
from agent.redaction.view import fold


class Label(NamedTuple):
    """words: folded, in order. weak: an everyday word, so what follows must look like such a number."""

    words: tuple[str, ...]
    kind: str
    weak: bool


_ID: Final = """
    ssn, social security, social security number, social insurance, social insurance number,
    socialsecuritynumber, sin, itin, ein, tin, tax id, tax identification, tax number, tax file number, tfn,
    taxid, taxpayer, nino, national insurance, ni number, national id, nationalid, national identity, identity
    card, identity number, id card, idcard, personal identity code, personal id, personal number, id number,
    identification number, citizen id, resident id, utr, vat id, vat number, crn, steuernummer, steuer id,
    steuer identifikationsnummer, steueridentifikationsnummer, idnr, steuerid, steuer idnr, ust idnr, ustid,
    personalausweis, personalausweisnummer, ausweisnummer, ausweis nr, ausweis, sozialversicherungsnummer, svnr,
    sv nummer, rentenversicherungsnummer, rvnr, aufenthaltstitel, ahv, ahv nummer, avs, ahvn13, insee, nir,
    numéro de sécurité sociale, sécurité sociale, numéro fiscal, spi, carte d'identité, cni, siren, siret, dni,
    nif, nie, cif, documento nacional, documento de identidad, número de identificación, nuss, seguridad social,
    cédula, cedula, cc nro, rfc, curp, nss, cuit, cuil, rut, run, ruc, cpf, cnpj, rg, pis, nis, ctps, título de
    eleitor, contribuinte, cartão de cidadão, bilhete de identidade, niss, número de utente, codice fiscale,
    codicefiscale, cod fisc, cf, partita iva, p iva, carta d'identità, carta di identità, tessera sanitaria,
    bsn, burgerservicenummer, sofinummer, sofi nummer, identiteitskaart, rijksregisternummer, rijksregister,
    registre national, numéro national, insz, pesel, nip, regon, dowód osobisty, dowodu osobistego, dowodu, nr
    dowodu, dowód, personnummer, personnr, pnr, samordningsnummer, organisationsnummer, orgnr, fødselsnummer,
    fnr, d nummer, cpr, cpr nr, cpr nummer, cprnr, kennitala, henkilötunnus, henkilötunnukseni, hetu, sotu, y
    tunnus, rodné číslo, rodne cislo, rč, rodného čísla, ičo, dič, občanský průkaz, číslo op, rodné čísla,
    személyi szám, személyi igazolvány, adóazonosító, adószám, taj, taj szám, cnp, cod numeric personal, egn,
    егн, лнч, oib, jmbg, emšo, emso, isikukood, asmens kodas, personas kods, tc kimlik, tckn, kimlik, kimlik
    numarası, vergi no, vergi numarası, vkn, инн, снилс, огрн, паспортные данные, іпн, рнокпп, єдрпоу, afm, αφμ,
    amka, αμκα, ταυτότητα, αδτ, teudat zehut, aadhaar, aadhar, adhaar, uidai, pan, pan card, pan number, voter
    id, voter, epic, ration card, gstin, gst, nric, fin, uen, sg fin, mykad, ktp, nik, npwp, cccd, cmnd,
    philsys, nin, bvn, my number, hkid, ubn, tw id, rrn, frn, arc, brn, trn, emirates id, eid, iqama, cnic, nid,
    nuban, sa id, za id, id no, abn, acn, ird, pps, ppsn, pps number, civil id, inn, snils, th tnin, tnin,
    passnr id, customer ssn, id code, personal code, identity code, swedish id, fiscal code, rsin, green card,
    alien number, uscis, a number, nino number, ssn number, ssnr, rsa id, african id, south african id,
    tax ref, tax reference, unique taxpayer reference, social insurance no, nat ins, personnr, id nummer, id nr,
    idnr, identitetskort, nationellt id, личный номер, загран, удостоверение личности, свидетельство, ssnr,
    sotu, carta identità, c f, codice fisc, sécu, n sécu, num sécu, carte nationale d'identité, titre de séjour,
    cédula de ciudadanía, cédula de identidad, cuip, tie, cartão cidadão, citizen card, osobisty, numer dowodu,
    seria i numer dowodu, henkilönumero, rodné č, r č, osobné číslo, tc no, t c, t c no, yabancı kimlik,
    npwp nomor, nomor ktp, ssnit, tn number, ghana card, kra pin, rfc con homoclave, ife, ine, nss imss, ruc no,
    rut no, cuit no, matricule, number of identity
    """
_PASSPORT: Final = """
    passport, passports, passport number, passportnumber, travel document, reisepass, reisepassnummer,
    passnummer, pass nr, passnr, passeport, pasaporte, pasaportes, passaporto, passaporte, paspoort,
    paspoortnummer, paszport, paszportu, pas nr, pasnummer, passi, passin numero, passinumero, cestovní pas,
    číslo pasu, pasu, pas, pasaport, pasaport no, паспорт, паспорта, загранпаспорт, útlevél, διαβατήριο,
    pașaport, visa number, passinnumero, passnumret,
    seria paszportu, passport book, passport card, passeport numéro, reisepass nr, pass nummer, passaportes,
    pasport, паспорта рф, паспорт рф, серия и номер, серия паспорта, hộ chiếu, paspor, ppt no, mrz,
    cestovní pas č
    """
_LICENCE: Final = """
    driver license, drivers license, driver's license, driver licence, drivers licence, driver's licence,
    driving licence, driving license, license, licence, license number, licence number, dl, driver lic,
    führerschein, führerscheinnummer, fahrerlaubnis, permis de conduire, permis, licencia de conducir, permiso
    de conducir, carnet de conducir, patente, patente di guida, carta de condução, cnh, rijbewijs,
    rijbewijsnummer, prawo jazdy, prawa jazdy, körkort, körkortsnummer, kørekort, førerkort, ajokortti, řidičský
    průkaz, ehliyet, ehliyet no, sürücü belgesi, водительское удостоверение, водительского удостоверения, dl
    number, dlno, licenseno, dvla,
    lic, lic no, lic number, dln, d l, operator license, operators license, operator's license, driving permit,
    learner permit, learner's permit, driver number, licence de conduire, brevet de conduire, permis b,
    numéro de permis, kørekortnummer, kørekort nr, førerkortnummer, førerkort nr, ajokortin numero, ajokortin,
    ajokorttinumero, carteira de motorista, carteira de habilitação, carteira nacional de habilitação,
    habilitação, водительские права, права, водительских прав, číslo řidičského průkazu, řidičského průkazu,
    řidičský průkaz č, řidičák, fahrerlaubnisnummer, führerschein nr, licencia, licencia de manejo,
    carné de conducir, carnet, carnet de conduire, patente b, numero patente, sürücü ehliyeti,
    sürücü belgesi no, ehliyet numarası, numer prawa jazdy, nr prawa jazdy, körkort nr, vezetői engedély,
    permis auto, permis de conducere, άδεια οδήγησης, driving license number, cdl
    """
_PLATE: Final = """
    car reg, car registration, vehicle registration, reg plate, number plate, numberplate, license plate,
    licence plate, licenceplate, plate, plates, plate number, registration plate, registration number, reg no,
    kfz, kennzeichen, kfz kennzeichen, nummernschild, autokennzeichen, immatriculation, plaque, plaque
    d'immatriculation, matrícula, matricula, placa, targa, kenteken, kentekenplaat, rejestracja, rejestracyjny,
    rejestracyjne, rejestracyjnego, nr rejestracyjny, tablica, registreringsnummer, registreringsskylt, regnr,
    reg nr, nummerplade, registernummer, rekisterinumero, rekisterikilpi, rekkari, spz, rz, plaka, plaka no,
    plakası, plakam, госномер, гос номер, номерной знак, rendszám, vin, vehicle identification, chassis,
    fahrgestellnummer, fin nummer, fahrzeug identifizierungsnummer,
    tag number, tag no, licence tag, license tag, immat, registrační značka, státní poznávací značka,
    номер машины, номера машины, номер авто, номер автомобиля, rekisteritunnus, registreringsnr, nummerskylt,
    reg skylt, matrícula do carro, numer tablicy, tablica rejestracyjna, kentekennummer, kentekennr, plaque n,
    plaka numarası, vrn, vrm, rego, registration, my car is, car is
    """
_MEDICAL: Final = """
    mrn, medical record, medical record number, patient id, patient no, patient number, patientid, member id,
    memberid, subscriber id, health insurance, health insurance number, health card, insurance number, insurance
    id, insurance policy, policy number, policy no, medicare, medicare number, medicare id, medicaid, mbi, nhs,
    nhs number, nhs no, nhsnumber, chi number, npi, dea, dea number, hcn, ohip, group number,
    krankenversicherung, krankenversichertennummer, versichertennummer, versicherungsnummer, kvnr, krankenkasse,
    egk, egk nummer, versicherten nr, patientennummer, patienten id, carte vitale, numéro de patient, mutuelle,
    tarjeta sanitaria, historia clínica, nhc, cip, número de paciente, número de póliza, codice sanitario,
    cartão nacional de saúde, cns, sus, polisnummer, verzekeringsnummer, patiëntnummer, ubezpieczenie,
    journalnummer, patientnummer, potilasnumero, číslo pojištěnce, sigorta no, hasta no, омс, полис, полис омс,
    ihi,
    krankenkassennummer, krankenversicherungsnummer, kassennummer, fallnummer, sgk, sgk no, cartella clinica,
    numero di polizza, polizza, polizza n, numer pacjenta, nr pacjenta, numer ubezpieczenia, nr ubezpieczenia,
    číslo pacienta, číslo pojištění, group no, group id, member no, member number, membership number,
    membership id, subscriber no, rx number, rx no, prescription number, health id, healthcare id,
    healthcare number, health number, hospital number, hospital no, hospital id, chart number, chart no,
    chart id, медкарта, медкарты, медицинская карта, номер полиса, история болезни, ipp, numéro d'adhérent,
    adhérent, numéro de dossier médical, dossier médical, n adhérent, póliza, nº de póliza, número de historia,
    número de afiliado, cartão do sus, cartão sus, número do sus, prontuário, zorgpas, uzovi, sjukförsäkring,
    sundhedskort, sygesikring, sygesikringsnummer, kela, protokol no, mrn no, patient ref, emr, ehr id,
    insurance member, insurance no, insurance card, npi number, ehic
    """
_ACCOUNT: Final = """
    acct, acct no, account, account no, account number, account nr, accountnumber, acc no, a c no, bank account,
    bankaccount, sort code, sortcode, bsb, clabe, cbu, konto, kontonummer, kontonr, konto nr, bankkonto,
    bankverbindung, blz, bankleitzahl, compte, numéro de compte, compte bancaire, rib, cuenta, cuenta bancaria,
    número de cuenta, ccc, conto, conto corrente, numero di conto, conta, conta corrente, número da conta,
    agência, nib, rekening, rekeningnummer, bankrekening, numer konta, rachunek, rachunku, nr rachunku, konta,
    bankgiro, plusgiro, bankkontonummer, tilinumero, tili, číslo účtu, účet, účtu, účet číslo, hesap, hesap no,
    hesap numarası, счет, счёт, счета, расчетный счет, р с, ifsc,
    aba, aba number, aba routing, routing number, routing no, transit number, institution number, kto,
    kto nr, c c, a c, a c number, checking account, savings account, account num, acc number, bank acc, к с,
    бик, лицевой счет, номер счета, номер счёта, расчётный счёт, корр счет, clearingnummer, clearing nr,
    clearing, compte n, numéro compte, code guichet, code banque, cuenta corriente, cuenta de ahorros,
    clave interbancaria, cvu, conta poupança, conta bancária, agência bancária, coordinate bancarie, tili nro,
    pankkitili, č ú, č účtu, číslo bankovního účtu, şube kodu, swift, swift code, bic, bic code, bic swift,
    bankrekeningnummer, konto numer
    """
_BIRTH: Final = """
    dob, d o b, date of birth, birth date, birthdate, birthday, born, birth, dateofbirth, geboren, geb,
    geburtsdatum, geburtstag, geb datum, né, née, né le, née le, date de naissance, naissance, fecha de
    nacimiento, nacimiento, nacido, nacida, nació, fnac, nato, nata, data di nascita, nascita, data de
    nascimento, nascimento, nascido, nascida, nasceu, nasc, geboortedatum, geb dat, urodzony, urodzona, data
    urodzenia, urodzenia, ur, født, fødselsdato, fødselsdag, fødd, född, födelsedatum, syntynyt, syntymäaika,
    syntymäpäivä, narozen, narozena, narozenín, datum narození, narození, doğum, doğum tarihi, d tarihi,
    doğumlu, родился, родилась, дата рождения, рождения, рожд, születési, született, născut, născută, γέννησης,
    γεννήθηκε, bday,
    nar, nar dne, f nac, fec nac, fecha nac, fecha de nac, f de nacimiento, ddn, д р, дата рожд, год рождения,
    data nasc, dt nasc, data ur, dat ur, data di nasc, geb am, gebdat, birth day, date birth, born on,
    birthdays, doğum günü, doğum tarihim, doğum yılı, anniversaire, cumpleaños, compleanno, aniversário,
    urodziny, verjaardag, födelsedag, d naissance, nac, syntymäpäiväni, syntymäaikani, ngày sinh, tanggal lahir,
    ημερομηνία γέννησης
    """
_DEVICE: Final = "imei, imei number, meid, imsi, iccid, serial number of my phone, eid number"

_UNSPACED: Final = {
    ID: """
        身份证, 身份证号, 身份证号码, 公民身份, 居民身份证, 身分證, 統一編號, 纳税人识别号,
        社保号, 社会保障号, マイナンバー, 個人番号, 基礎年金番号, 주민등록번호, 주민번호,
        외국인등록번호, 사업자등록번호, 사업자번호, 在留カード, บัตรประชาชน, ประชาชน
    """,
    PASSPORT: """
        护照, 护照号, 護照, 旅券番号, パスポート, パスポート番号, 旅券, 여권, 여권번호
    """,
    LICENCE: """
        驾驶证, 驾驶证号, 驾照, 驾照号码, 駕照, 免許証番号, 運転免許証, 免許証, 운전면허, 면허번호
    """,
    PLATE: """
        车牌, 车牌号, 車牌, ナンバープレート, ナンバー, 車両番号, 车牌号码, 车号, 자동차번호, 차량번호, 번호판
    """,
    MEDICAL: """
        医保, 医保卡, 医保号, 病历号, 病案号, 住院号, 门诊号, 就诊号, 就诊卡, カルテ番号, 診察券番号,
        診察券, 患者番号, 건강보험증, 보험증, 진료번호, 병록번호, 保険証, 保険者番号, 被保険者番号, 건강보험, 환자번호
    """,
    ACCOUNT: """
        账号, 账户, 開户, 开户账号, 帐号, 帳號, 银行账号, 卡号, 口座番号, 口座, 계좌, 계좌번호
    """,
    BIRTH: """
        出生日期, 出生, 生日, 生于, 生年月日, 誕生日, 生まれ, 出生于, 생년월일, 생일, 출생
    """,
}

#: Everyday words among the labels: what follows must have more than a digit or two.
_EVERYDAY: Final = """
    aba abn account acct acn arc ausweis birth birthday born brn carnet cc ccc cf chart chassis cif cip clearing
    cns compte conta conto cpr crn cuenta cédula dea dowód doğum eid ein epic fin fnr geboren gst habilitação
    hesap hospital id identity inn insurance ipp ird kimlik konta konto krankenkasse kto lic licence licencia
    license medicare member mutuelle nacimiento naissance narození nascimento nascita nata nationality nato nid
    nie nik nip nir nis né née pan pas passi passport pasu patente patient permis placa plaque plate plates pnr
    policy polizza pps registration rekening rfc rg rib routing run rut rz seria sin spi spz sus tablica tag taj
    targa tili tin trn ur urodzenia vin voter účet конто паспорт полис права рождения сч счет счета счёт
    """
_WEAK: Final = frozenset(map(fold, _EVERYDAY.split()))

_TABLE: Final = (
    (ID, _ID),
    (PASSPORT, _PASSPORT),
    (LICENCE, _LICENCE),
    (PLATE, _PLATE),
    (MEDICAL, _MEDICAL),
    (ACCOUNT, _ACCOUNT),
    (BIRTH, _BIRTH),
    (MAC, _DEVICE),
)


def _load() -> dict[str, tuple[Label, ...]]:
    table: dict[str, set[Label]] = {}
    for kind, lines in _TABLE:
        for phrase in lines.split(","):
            words = tuple(fold(phrase.replace("'", " ")).split())
            if not words:
                continue
            weak = (len(words) == 1 and words[0] in _WEAK) or (
                kind != BIRTH and all(len(word) < 2 for word in words[:2])
            )
            table.setdefault(words[0], set()).add(Label(words, kind, weak))
    return {
        first: tuple(sorted(labels, key=lambda label: (-len(label.words), label.words)))
        for first, labels in table.items()
    }


#: First word -> its labels, the longest first.
LABELS: Final = _load()
FIRST_WORDS: Final = frozenset(LABELS)
#: Labels of scripts without blanks, the longest first.
UNSPACED: Final = tuple(
    sorted(
        ((fold(word.strip()), kind) for kind, line in _UNSPACED.items() for word in line.split(",")),
        key=lambda pair: -len(pair[0]),
    )
)
