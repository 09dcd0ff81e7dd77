"""Sentences to put names into, and sentences without any. {n} full name, {f} given name, {l} surname, {p} a place."""

from __future__ import annotations

ANY = """{n}|{f}|{f}|{l}|-{f}|- {f}|~{f}|{n}, {n}|{l}, {f}|{n}\n{n}\n{n}|- {n}|1. {n}|* {n}: ok|{n} <mail>|({n})|"{n}"|'{n}'|name: {n}|Name: {n}|name={n}|"name": "{n}",|user={n}|author: {n}|Author: {n} <x@y>|From: {n}|To: {n}; {n}|Cc: {n}|Bcc: {l}, {f}|{n} wrote:|{f}: ok|{f}, {f}, {f}|{n};{n};12|12,{n},2024|{f},{l},M,1980|id,{f},{l},yes|{n} / {n}|{n} - {p}|{n} | {p}|@{f} ok|+1 {f}|cc {n}|tel {n} 030 123|{n} 2024-01-05|2024-01-05 {n}|{n} (12)|[{n}]|{n}?|{n}!|assignee: {n}|reviewer={f}|# {n}|// T*DO({f}): fix|/* by {n} */|Co-authored-by: {n} <a@b>|Signed-off-by: {n}|{l} {f}|{l} et al.|owner = "{n}"|{n}:|> {n}""".split(
    "|"
)

EN = """hello {f} how are you|Please contact {n} for details.|{n} called this morning|The meeting is with {n} and {n}.|i spoke to {f} today|{f} said it is fine|{n}, manager|from {n} on monday|signed {n}|thx {f}|ask {f} or {f}|{f} can you check this|ticket opened by {n} yesterday|re: {n} contract|Dear Mr {l},|Dear Mr. {l}, please find attached|Dear {f},\n\nthank you|Ms. {l} agreed|Dr {l} will see you|Dr. {n} is out|the {l} family|can {f} join?|{f}'s laptop is broken|tell {f} we are late|{n}'s contract ends in May|customer {n} wants a refund|{n} from sales|assign to {f}|{n} left the company|Kind regards,\n{n}|Best,\n{f}|Thanks\n{f}|Best regards\n\n{n}\nManager|Cheers, {f}|Hi {f},|Hey {f}!|hey {f} u there?|Good morning {f}|meeting w/ {f} at 10|1:1 with {f}|lunch with {f} and {f}?|forwarded by {n}|approved by {n}|Reported by: {n}|Patient: {n}|patient {n} admitted|Candidate {n} was interviewed by {n}.|Invite {f} and {n} to the call|I think {f} knows|did {f} send it?|{f} and I will go|{n} is the new CEO of the company.|President {l} said on Monday|said {n}, who lives in {p}.|according to {n}, a spokesman|{n} scored twice in {p}|{l} told reporters|Mr. {l} has been replaced by {n}.|written by {n}|directed by {n} and starring {n}|photo by {n}|happy birthday {f}!!|omg {f} is so funny|i miss {f}|lol {f} ur crazy|watching {n} tonight|{n} is the best|love u {f}|my sister {f} and her husband {f}|my boss {f} is mad|call {f} back|Mrs. {n} and her son {f}|Account holder: {n}|Pay to {n}|Ship to: {n}|Employee {n}, ID 4412|Attendees: {n}, {n}, {n}|Present: {f}, {f} and {f}|Minutes taken by {n}|Action: {f} to follow up|{f} to send the report by Friday|as {f} mentioned|per {n}'s request|Talk to {f} about it|please ask {n} to sign|{n} will present the results|i gave it to {f}|give {f} my best|where is {f}|with {f} gone we need help|{f} just texted me|saw {n} at the store|thank you {f}|thanks {f} for the help|no worries {f}|@ {f} pls review|the book by {n}|{n} was born in {p} in 1950.|Captain {l}|Professor {l} teaches here|Sgt. {l}|Sir {n}|Senator {l} of {p}|Judge {n} ruled|Coach {l}|Uncle {f} is here|aunt {f}|the {l} case|{l} v. {l}|a letter from {n} to {n}|{f} ({p})|{n} died on Friday.|RIP {n}|big fan of {n}|voting for {l}|{n} ft. {n}|new song by {n}|{n} won again|My name is {f}|my name is {n}|My maiden name is {l}|I'm {f}|i am {f}|this is {f} speaking|Hello, this is {n}. Who are you?|it's {f} from accounting|What's your last name? {l}|they call me {f}|a guy called {f}|someone named {f}|congrats on the baby {f}|Nice video {f}, thanks for uploading|much love {f}|wish i was {f}|better than {f}|{f} is trending|team {f}|{f} fan here|who is {f}?|why is {f} crying|{f} and {f} are so cute together|is it just me or is {f} funny|not a {l} supporter|{l} supporters are angry|{l}'s speech was great|{f}'s voice is scary|i can't stand {l}|when {f} gets kissed|dm {f}|RT @user: {f} is back|listening to {n}|{n} is trending|{n}?! really|{l} and {l} were engineers.|starring {l}|A tribute to {n}|I told {f} that|{f} told me that|{f} went home early|{f} spent a year in {p}|{f} began writing as a teenager|{l} began his career in {p}|{f} was seen in {p}|{l} was born in {p}|{l}, who works for us, said so.|{l} added that nothing changed.|He met {f} in {p}.|She married {n} in {p}.|{f} has an appointment|{f} lost the keys|Visit {f} tomorrow|written by {l} and {l}|{l} (2012) shows|see {l} and {l} 2004|former minister {n}|Prime Minister {n} resigned|Sheikh {n} spoke|King {f} of {p}|Queen {f}|Pope {f}|General {l}|Colonel {n}|Ambassador {n} arrived|Rev. {n}|Mrs. {n} DDS|{n} Jr.|{n} MD|Attorney {n}|the late {n}|{f}, could you look?|{f} - can you send it?|{f} -- see below|{f};

please|{f}:

thanks|Thanks,

{f}|Thx,
{f}
555-1234|{n}
Vice President|{n}
{p}|Love, {f}|xoxo {f}|yours,
{n}|talk soon,
{f}|from: {n} sent: monday|To: {n} Subject: hello|{l}, {f} wrote|on monday, {n} wrote:|poor {f}|dear {f}, happy birthday|go {f} go|good job {f}|wow {f}|well said {f}|lmao {f}|bruh {f} really said that|miss you {f}|see you {f}|night {f}|{f} bro|yo {f}|shoutout to {f}|props to {f}|{f} u r the best|i agree with {f}|i love {n} so much|{n} concert tonight|saw {f} yesterday at the mall|{f} n {f}|me and {f}|{f} & {f}""".split(
    "|"
)

DE = """Hallo {f}, wie geht's?|Lieber {f},|Liebe {f},\n\nvielen Dank|Sehr geehrter Herr {l},|Sehr geehrte Frau {l},|Herr {n} wohnt in {p}.|Frau {l} hat angerufen|Mit freundlichen Grüßen\n{n}|Viele Grüße\n{f}|LG {f}|VG {n}|Gruß, {f}|bitte {f} fragen|ich habe mit {f} gesprochen|{f} kommt später|Termin mit {n} am Montag|Patient {n}, geb. 12.03.1970|Rechnung an {n}|Kunde: {n}|Ansprechpartner: {n}|{n} hat gekündigt|Dr. {l} ist im Urlaub|Prof. Dr. {n} hält den Vortrag|laut {n} ist alles fertig|die Unterlagen von {n}|{f} und {f} sind dabei|kannst du {f} Bescheid sagen|Kollege {l}|Familie {l}|Teilnehmer: {n}, {n}|Protokoll: {n}|i.A. {n}|Vertrag mit {n}|sagte {n} der Zeitung|Bundeskanzler {l}|unser Chef {n}|{n} aus {p}|meine Schwester {f}|Danke {f}!|Moin {f}|der Bericht von {l}|hat {f} schon geantwortet?|{n} übernimmt das Projekt|gez. {n}|Überweisung an {n}|Kontoinhaber {n}|{f}s Laptop ist kaputt|{l}s Vorschlag""".split(
    "|"
)

FR = """Bonjour {f},|bonjour {f} ça va ?|Madame {l},|Monsieur {n},|M. {l} est absent|Mme {n} a appelé|Mlle {l}|Cordialement,\n{n}|Bien à vous,\n{f}|Merci {f}|j'ai parlé à {f}|demande à {f}|rendez-vous avec {n} lundi|patient {n}|né le 3 mai, {n}|facture pour {n}|client : {n}|contact : {n}|Dr {l} sera là|selon {n}, le projet|{f} et {f} viennent|la famille {l}|Cher {f},|Chère {f},|{n} habite à {p}|{n} a démissionné|le dossier de {n}|d'après {f}|avec {f}|chez {f}|Participants : {n}, {n}|a déclaré {n}|le président {l}|salut {f}|dis à {f} de venir|virement à {n}|Maître {l}|de la part de {n}|signé {n}|est-ce que {f} a répondu ?|l'avis de {n}|mon frère {f}""".split(
    "|"
)

ES = """Hola {f},|hola {f} qué tal|Estimado Sr. {l}:|Estimada Sra. {l},|Señor {n}|señora {l}|Don {n}|doña {n}|Un saludo,\n{n}|Saludos,\n{f}|Gracias {f}|hablé con {f}|pregunta a {f}|reunión con {n} el lunes|paciente {n}|factura a nombre de {n}|cliente: {n}|contacto: {n}|Dr. {l}|según {n}|{f} y {f} vienen|la familia {l}|Querido {f}:|{n} vive en {p}|{n} renunció|el informe de {n}|con {f}|de parte de {n}|dijo {n}|el presidente {l}|dile a {f} que venga|transferencia a {n}|firmado {n}|¿ha contestado {f}?|mi hermana {f}|Asistentes: {n}, {n}|Atentamente,\n{n}|jefe: {f}|llama a {f}|{n} nació en {p}""".split(
    "|"
)

IT = """Ciao {f},|ciao {f} come stai|Gentile {n},|Gentile sig. {l},|Egregio Dott. {l},|Signora {l}|il signor {n}|Cordiali saluti,\n{n}|Saluti\n{f}|Grazie {f}|ho parlato con {f}|chiedi a {f}|riunione con {n} lunedì|paziente {n}|fattura a {n}|cliente: {n}|contatto: {n}|secondo {n}|{f} e {f} vengono|la famiglia {l}|Caro {f},|Cara {f},|{n} abita a {p}|{n} si è dimesso|il rapporto di {n}|da parte di {n}|ha detto {n}|il presidente {l}|bonifico a {n}|intestatario {n}|firmato {n}|mio fratello {f}|Presenti: {n}, {n}|Avv. {n}|Ing. {l}|con {f}|chiama {f}|buongiorno {f}|hai visto {f}?""".split(
    "|"
)

NL = """Hallo {f},|hoi {f}|Beste {f},|Geachte heer {l},|Geachte mevrouw {l},|meneer {l}|mevrouw {n}|Met vriendelijke groet,\n{n}|Groeten,\n{f}|groetjes {f}|Bedankt {f}|ik sprak met {f}|vraag het aan {f}|afspraak met {n} op maandag|patiënt {n}|factuur voor {n}|klant: {n}|contactpersoon: {n}|dhr. {l}|mw. {l}|volgens {n}|{f} en {f} komen|familie {l}|{n} woont in {p}|{n} heeft ontslag genomen|het rapport van {n}|namens {n}|zei {n}|premier {l}|zeg tegen {f}|mijn zus {f}|Aanwezig: {n}, {n}|heeft {f} al gebeld?|dag {f}|Lieve {f},|rekening op naam van {n}|ondertekend door {n}""".split(
    "|"
)

PT = """Olá {f},|oi {f} tudo bem|Prezado Sr. {l},|Prezada Sra. {l},|Caro {f},|Senhor {n}|dona {f}|Atenciosamente,\n{n}|Abraços,\n{f}|Obrigado {f}|obrigada {f}!|falei com {f}|pergunta ao {f}|reunião com {n} na segunda|paciente {n}|fatura para {n}|cliente: {n}|contato: {n}|Dr. {l}|segundo {n}|{f} e {f} vêm|a família {l}|{n} mora em {p}|{n} pediu demissão|o relatório de {n}|da parte de {n}|disse {n}|o presidente {l}|transferência para {n}|titular: {n}|assinado {n}|meu irmão {f}|Presentes: {n}, {n}|bom dia {f}|avisa a {f}|liga para o {f}|a {f} já respondeu?|Sr. {n}""".split(
    "|"
)

PL = """Cześć {f},|cześć {f} co słychać|Szanowny Panie {l},|Szanowna Pani {l},|Pan {n}|pani {l}|Pozdrawiam,\n{n}|Z poważaniem\n{n}|Dzięki {f}|rozmawiałem z {f:i}|zapytaj {f:i}|spotkanie z {n:i} w poniedziałek|pacjent {n}|faktura dla {n:i}|klient: {n}|kontakt: {n}|dr {l}|według {n:i}|{f} i {f} przyjdą|rodzina {l}|Drogi {f},|{n} mieszka w {p}|{n} odszedł z firmy|raport {n:i}|w imieniu {n:i}|powiedział {n}|prezydent {l}|przelew dla {n}|podpisano {n}|mój brat {f}|Obecni: {n}, {n}|czy {f} odpowiedział?|hej {f}|dzień dobry, tu {n}|daj znać {f:i}|Zlecenie od {n:i}|właściciel konta {n}""".split(
    "|"
)

SV = """Hej {f},|hej {f} hur mår du|Bästa {n},|Hälsningar\n{n}|Med vänlig hälsning,\n{n}|Mvh {f}|Tack {f}|jag pratade med {f}|fråga {f}|möte med {n} på måndag|patient {n}|faktura till {n}|kund: {n}|kontakt: {n}|herr {l}|fru {l}|dr {l}|enligt {n}|{f} och {f} kommer|familjen {l}|{n} bor i {p}|{n} har slutat|rapporten från {n}|sa {n}|statsminister {l}|min syster {f}|Närvarande: {n}, {n}|har {f} svarat?|Kära {f},|ring {f}|{f}s dator är trasig|betala till {n}|kontoinnehavare {n}|be {f} komma""".split(
    "|"
)

DA = """Hej {f},|hej {f} hvordan går det|Kære {f},|Kære {n}|Venlig hilsen\n{n}|Med venlig hilsen,\n{n}|Mvh {f}|Tak {f}|jeg talte med {f}|spørg {f}|møde med {n} på mandag|patient {n}|faktura til {n}|kunde: {n}|kontakt: {n}|hr. {l}|fru {l}|dr. {l}|ifølge {n}|{f} og {f} kommer|familien {l}|{n} bor i {p}|{n} har sagt op|rapporten fra {n}|siger {n}|sagde {n} til avisen|statsminister {n}|min søster {f}|Til stede: {n}, {n}|har {f} svaret?|ring til {f}|{f}s computer er i stykker|{n}, der er formand for foreningen|direktør {n}|kontohaver {n}|instruktøren {n}|skuespilleren {n} spiller hovedrollen|forfatteren {n}|{l} mener, at det er for dyrt|ministeren {n} ({l}) sagde""".split(
    "|"
)

FI = """Hei {f},|moi {f}|Hyvä {n},|Terveisin\n{n}|Ystävällisin terveisin,\n{n}|t. {f}|Kiitos {f}|puhuin {f:i} kanssa|kysy {f:i}|tapaaminen {n:i} kanssa maanantaina|potilas {n}|lasku: {n}|asiakas: {n}|yhteyshenkilö: {n}|herra {l}|rouva {l}|tohtori {l}|{n:i} mukaan|{f} ja {f} tulevat|perhe {l}|{n} asuu {p}|{n} irtisanoutui|{n:i} raportti|sanoi {n}|presidentti {l}|siskoni {f}|Läsnä: {n}, {n}|vastasiko {f}?|soita {f:i}|Rakas {f},|huomenta {f}|tilinomistaja {n}|allekirjoittanut {n}""".split(
    "|"
)

CS = """Ahoj {f},|ahoj {f} jak se máš|Vážený pane {l:i},|Vážená paní {l},|Dobrý den, {n}|pan {n}|paní {l}|S pozdravem\n{n}|Zdraví {f}|Díky {f}|mluvil jsem s {f:i}|zeptej se {f:i}|schůzka s {n:i} v pondělí|pacient {n}|faktura pro {n}|zákazník: {n}|kontakt: {n}|dr. {l}|podle {n:i}|{f} a {f} přijdou|rodina {l}|{n} bydlí v {p}|{n} odešel z firmy|zpráva od {n:i}|řekl {n}|prezident {l}|moje sestra {f}|Přítomni: {n}, {n}|odpověděl {f}?|zavolej {f:i}|Milá {f},|Ing. {n}|majitel účtu {n}|podepsán {n}""".split(
    "|"
)

TR = """Merhaba {f},|selam {f} nasılsın|Sayın {n},|Sn. {l}|{f} Bey|{f} Hanım|{f} bey aradı|Saygılarımla,\n{n}|İyi çalışmalar\n{f}|Teşekkürler {f}|{f} ile konuştum|{f:i} sor|{n} ile toplantı pazartesi|hasta {n}|fatura: {n}|müşteri: {n}|ilgili kişi: {n}|Dr. {l}|{n:i} göre|{f} ve {f} geliyor|{l} ailesi|{n} {p} şehrinde yaşıyor|{n} istifa etti|{n:i} raporu|dedi {n}|Cumhurbaşkanı {l}|kız kardeşim {f}|Katılanlar: {n}, {n}|{f} cevap verdi mi?|{f:i} ara|Sevgili {f},|hesap sahibi {n}|adresi {p}, {n}|imza {n}|günaydın {f}""".split(
    "|"
)

RU = """Привет, {f}|привет {f} как дела|Уважаемый {n},|Уважаемая {f},|Здравствуйте, {n}!|г-н {l}|госпожа {l}|С уважением,\n{n}|Спасибо, {f}|я говорил с {f:i}|спроси {f:i}|встреча с {n:i} в понедельник|пациент {n}|счёт для {n:i}|клиент: {n}|контакт: {n}|доктор {l}|по словам {n:i}|{f} и {f} придут|семья {l:i}|Дорогая {f},|{n} живёт в городе {p}|{n} уволился|отчёт {n:i}|от имени {n:i}|сказал {n}|президент {l}|моя сестра {f}|Присутствовали: {n}, {n}|{f} уже ответил?|позвони {f:i}|владелец счёта {n}|подпись {n}|доброе утро {f}|передай {f:i}|заявление от {n:i}|директор {n}|менеджер {l}""".split(
    "|"
)

JA = """{n}様|{n}さん、こんにちは|{l}さん、お疲れ様です|担当は{n}です|{n}と申します|{l}です。よろしくお願いします|{l}部長に確認します|{l}先生|{l}課長|{f}ちゃん|{f}くん|氏名：{n}|患者{n}|お客様：{n}|{n}（営業部）|{l}と{l}が参加します|今日は{l}さんと会議があります|{l}さんから連絡がありました|宛先：{n}|{n}より|株式会社の{n}です|{l}様、いつもお世話になっております|昨日{n}氏が発表した|出席者：{n}、{n}|{n}は東京に住んでいます|{n} 殿|責任者 {n}|連絡先 {n}|{f}に聞いて|{l}君、資料を送って|作成者：{n}|{n}が承認しました|社長の{n}は|{n}の電話番号は03|{n}（電話：090）|{n}様、住所は|{n}のメールアドレス|{n}、生年月日|名義：{n}|口座名義{n}|{l}様より電話がありました""".split(
    "|"
)

ZH = """{n}您好|联系人{n}|联系人：{n}|我叫{n}|{n}先生|{n}女士|{l}先生|{l}经理|{l}总|{l}老师|老{l}|小{l}|请找{n}|{n}说明天开会|和{n}开会|患者{n}|客户：{n}|姓名：{n}|{n}已经离职|{n}住在北京|收件人：{n}|转账给{n}|尊敬的{n}：|谢谢{n}|{n}，你好|请{n}处理一下|由{n}负责|参会人员：{n}、{n}|据{n}介绍|{n}表示|负责人{n}电话|{n}签字|经办人：{n}|我和{n}是同事|你问一下{n}|{n}同学|主任{n}|总经理{n}在会上|发件人 {n}|{n}的合同|户名{n}|{n}的电话是13800138000|{n}的手机号是139|请联系{n}，邮箱a@b.cn|客户{n}的电话是|{n}，电话010-1234|{n} 13900001111|收货人{n}，地址：|{n}的身份证号|病人{n}，男，45岁|给{n}打电话|{n}的邮箱|{n}住在上海市""".split(
    "|"
)

KO = """{n}님|{n}님 안녕하세요|담당자 {n}|담당자: {n}|{n} 과장|{n} 대리님|{n}씨|{n} 씨에게 전달|{l}부장님|{f}아 안녕|{n}입니다|저는 {n}입니다|{n}에게 물어보세요|{n}과 회의|{n}이 퇴사했습니다|환자 {n}|고객: {n}|성명: {n}|이름 {n}|수신: {n}|{n} 올림|{n} 드림|{n} 선생님|{n}은 서울에 산다|참석자: {n}, {n}|{n}의 보고서|오늘 {n}님과 미팅|{n} 대표가 말했다|예금주 {n}|작성자 {n}|{n}한테 전화해|{n} 고객님|발표자는 {n}입니다|{n} 고객님 전화번호는 010입니다|{n}님의 계좌번호|{n}, 주소는 서울|{n} 010-1234-5678|수취인 {n}|{n}님 이메일은""".split(
    "|"
)

CARRIERS = {"en": EN, "de": DE, "fr": FR, "es": ES, "it": IT, "nl": NL, "pt": PT, "pl": PL, "sv": SV, "da": DA, "fi": FI, "cs": CS, "tr": TR, "ru": RU, "ja": JA, "zh": ZH, "ko": KO}  # fmt: skip

PROSE = {
    "en": "{n} nodded.|{f} shook her head.|{f} smiled and left the room|the 42-year-old {n}, a lawyer, said no|and so {n} became the first|between {f} and {f}|the works of {n}|it was {n} who found it|cleric {n} said on Friday|a book about {l}|early {l} is better|the {l} novel|Doctor {f} helped us|teacher {f}|photo/{n}|photo: {n}|singer {n} and actor {n}|Minister of Defense {n}|Prime Minister {n} and the queen|{n} and {n} have been friends for years|was called {n}|named him {f}|please change it to {n}|my grandmother was called {n}|film by {n}|{n} of {p}|{n}@mail|- {f}|{f} finishes her exam today|{l}'s cousin|{n} is suing the company".split(
        "|"
    ),
    "de": "{n} nickte.|{f} schüttelte den Kopf.|{f}s Bruder kam später|der 42-jährige {n} sagte nichts|zwischen {f} und {f}|die Werke von {n}|es war {n}, der ihn fand|Minister {n} und die Kanzlerin|ein Buch über {l}|{l}s Rede|so {n}|Trainer {l}|die Sängerin {n}|{n} ({l})|Regisseur {n}".split(
        "|"
    ),
    "fr": "{n} hocha la tête.|{f} sourit.|âgé de 42 ans, {n} est avocat|entre {f} et {f}|les œuvres de {n}|c'est {n} qui l'a trouvé|le ministre {n}|un livre sur {l}|la chanteuse {n}|l'acteur {n}|le film de {n}|d'{f}|de {l}".split(
        "|"
    ),
    "es": "{n} asintió.|{f} sonrió.|{n}, de 42 años, es abogado|entre {f} y {f}|las obras de {n}|fue {n} quien lo encontró|el ministro {n}|un libro sobre {l}|la cantante {n}|el actor {n}|la película de {n}".split(
        "|"
    ),
    "it": "{n} annuì.|{f} sorrise.|{n}, 42 anni, è avvocato|tra {f} e {f}|le opere di {n}|fu {n} a trovarlo|il ministro {n}|un libro su {l}|la cantante {n}|il film di {n}".split(
        "|"
    ),
    "nl": "{n} knikte.|{f} glimlachte.|de 42-jarige {n} is advocaat|tussen {f} en {f}|de werken van {n}|minister {n}|een boek over {l}|zangeres {n}|{f}s broer|de film van {n}".split(
        "|"
    ),
    "pt": "{n} concordou.|{f} sorriu.|{n}, de 42 anos, é advogado|entre {f} e {f}|as obras de {n}|o ministro {n}|um livro sobre {l}|a cantora {n}|o filme de {n}".split(
        "|"
    ),
    "pl": "{n} skinął głową.|{f} uśmiechnęła się.|42-letni {n} jest prawnikiem|między {f:i} a {f:i}|dzieła {n:i}|minister {n}|książka o {l:i}|piosenkarka {n}|film {n:i}".split(
        "|"
    ),
    "sv": "{n} nickade.|{f} log.|42-årige {n} är jurist|mellan {f} och {f}|verk av {n}|minister {n}|en bok om {l}|sångerskan {n}|{f}s bror|{l}s tal|filmen av {n}|{n}s nya film".split(
        "|"
    ),
    "da": "{n} nikkede.|{f} ryster på hovedet.|den 42-årige {n} er jurist|mellem {f} og {f}|værker af {n}|minister {n}|en bog om {l}|sangerinden {n}|{f}s bror|{l}s tale|filmen af {n}|{n}s nye film|mens {f}s tanker var et andet sted|{f} vejer omkring det halve|{l}s oplæg blev fulgt|{n} og {n} har været venner i mange år|selskabets direktør, {n}, siger nej|siger {n}|sagde {f}, og gik|{l} kom først i mål|for dem, der har læst {n}|{n} spiller helten {l}|De kan ikke vælte {l}.|{f} så på {f}|vil {f} og jeg gå hjem|statsminister {l} og {n}|et arbejde af {n}|{f}, {f} og {f} kom for sent".split(
        "|"
    ),
    "fi": "{n} nyökkäsi.|{f} hymyili.|42-vuotias {n} on juristi|{f} ja {f} lähtivät|ministeri {n}|kirja {l:i} elämästä|laulaja {n}|{n:i} uusi elokuva".split(
        "|"
    ),
    "cs": "{n} přikývl.|{f} se usmála.|dvaačtyřicetiletý {n} je právník|mezi {f:i} a {f:i}|díla {n:i}|ministr {n}|kniha o {l:i}|zpěvačka {n}|film {n:i}".split(
        "|"
    ),
    "tr": "{n} başını salladı.|{f} gülümsedi.|42 yaşındaki {n} avukat|{f} ile {f} arasında|{n:i} eserleri|bakan {n}|{l} hakkında bir kitap|şarkıcı {n}|{n:i} yeni filmi".split(
        "|"
    ),
    "ru": "{n} кивнул.|{f} улыбнулась.|42-летний {n} юрист|между {f:i} и {f:i}|произведения {n:i}|министр {n}|книга о {l:i}|певица {n}|фильм {n:i}|{l} заявил, что всё готово".split(
        "|"
    ),
}
for _code, _lines in PROSE.items():
    CARRIERS[_code] = CARRIERS[_code] + _lines

NONE_EN = """the build failed again|please restart the server|I will be there in May|What is the status of this ticket?|open settings and click Save|Monday is fine|Microsoft Teams meeting|Google Chrome is slow|New York office|United States|the March report|Q4 Planning|Project Apollo|Release Notes|Visual Studio Code|Total Amount Due|Order Number 12345|Invoice 4490|Terms and Conditions|Power BI Dashboard|Human Resources|Customer Service|Git commit 4f2a1b|Open File Dialog|Save As|Run Tests|Error: File Not Found|Windows Update|200 OK|12 items in cart|room 14 at 3 pm|step 4 of 7|Summer Sale|Grant access|Mark as done|will do|will you be there?|rich text|bill it|the bill is due|The Quick Start Guide|Docker Desktop|New Document|we may ship in may or june, will ask|mark it as read|may i ask|grace period|grant the request|the rose garden|faith in the team|hope this helps|Hope all is well|drew a picture|jack of all trades|frank feedback|pat on the back|chase the invoice|chase bank|the dean's list|art department|max size|Max Length|min and max values|Rob the bank|sue them|will.i.am|Amazon Prime|Apple Watch|Ford Focus|Wells Fargo|Goldman Sachs|Johnson & Johnson|Morgan Stanley|McDonald's|Dell laptop|HP printer|Cisco Webex|Jira ticket ABC-123|Confluence page|Slack channel|Zoom link|Outlook calendar|Excel file|Word document|PowerPoint slides|Python script|Java class|Ruby on Rails|Jenkins pipeline|Maven build|Julia language|Pascal case|Ada compiler|Alexa, play music|Siri|Cortana|Claude model|Watson API|Tesla stock|Kafka topic|Redis cache|corporate lingo|top tennis player|Fuse TV|Mozilla Firefox|Google Chrome|Microsoft Edge|Mozilla Thunderbird|Inbox - Mozilla Firefox|LibreOffice Writer|Visual Studio|Adobe Acrobat|Norton Security|Guilty Pleasures|Princess Royal|the ferry leaves at noon|rick roll|Joke List|vehicle registration|country club|bridge is falling down|Django app|Flask server|Apache Spark|Nginx config|Kubernetes Cluster|Docker Compose|Santa Claus is coming|Christmas party|Easter Monday|Good Friday|Happy New Year|Thanksgiving Day|Dear all,|Dear team,|Hi all|Hi everyone,|Hello World|Good morning|Dear Sir or Madam|To whom it may concern|Kind regards|Best regards,|Many thanks|Thanks in advance|Cheers|Yours sincerely|Sent from my iPhone|Out of Office|Meeting Room Berlin|London Bridge|San Francisco|Los Angeles|Santa Barbara|Saint Petersburg|Washington DC|Victoria Station|Jordan River|Paris agreement|Sydney time|Houston, we have a problem|Lincoln Park|Madison Square Garden|Stanford University|Harvard Law School|Oxford Street|Baker Street|Main Street|Central Park|Wall Street|White House|European Union|Annual General Meeting|Board of Directors|Chief Executive Officer|Senior Software Engineer|Product Manager|Head of Sales|Data Protection Officer|Sales Department|Legal Team|First Name|Last Name|Full Name|First name:|Last name:|User Name|Account Holder|Street Address|Zip Code|Phone Number|Date of Birth|Credit Card|Password Reset|Sign In|Log Out|Privacy Policy|Table of Contents|Chapter One|Executive Summary|Next Steps|Action Items|Open Issues|Lessons Learned|Frequently Asked Questions|How To Install|Getting Started|Change Log|Bug Fixes|Known Issues|To Do|In Progress|Done|ASAP|FYI|T*DO: fix this|NOTE: READ THIS|WARNING: DISK FULL|CONFIDENTIAL|DRAFT VERSION|MEETING MINUTES|PLEASE READ|INVOICE TOTAL|lol that was funny|omg so tired|u there?|brb|gonna grab lunch|cant wait for the weekend|so bored rn|happy monday everyone|watching the game tonight|just woke up|traffic is awful|need coffee|rt if you agree|follow me back|good night twitter|new blog post|i love this song|best day ever|wtf is going on|why is it so cold|the weather is nice|see you tomorrow|talk to you later|on my way|call me back|thanks a lot|thank you so much|no problem|sounds good|let me check|one sec|I don't know|you're welcome|I'm on it|it's done|they're late|Let's go|What's up|the customer wants a refund|the manager is out today|my sister and her husband|my boss is mad|call mom|ask dad|doctor's appointment at 3|the professor was late|the president spoke|uncle is here|said the spokesman|a letter from the bank|approved by finance|assigned to me|reported by the customer|owner: platform team|reviewer: none|author: unknown|Reported by: QA|From: Support|To: Accounting|Cc: Legal|signed by the manager|contact support for details|contact: helpdesk|patient admitted at 10|the new guy is nice|Senior Vice President|Miss you|Mr and Mrs|Sir, yes sir|Lord of the Rings|Harry Potter and the Goblet of Fire|Star Wars|Game of Thrones|Call of Duty|Grand Theft Auto|Adobe Photoshop|Oracle Database|Salesforce Lightning|Adidas shoes|Mercedes Benz|Cooper Union|Heinz ketchup|Levi's jeans|Barclays bank|Boeing 747|Siemens AG|Bosch GmbH|Philips TV|Bloomberg terminal|Nielsen ratings|Hugo Boss|Calvin Klein|Louis Vuitton|Ralph Lauren shirt|Jack Daniel's|Martin guitar|Gibson Les Paul|Nobel Prize|Alzheimer disease|Fourier transform|Gaussian blur|Bayesian model|Monte Carlo|Markov chain|Turing test|Newton method|Celsius|Fahrenheit|Hilbert space|Moore's law|Murphy's law|Parkinson's|Doppler effect|Caesar salad|Caesar cipher|Eggs Benedict|Tom Yum soup|John Deere tractor|Ben & Jerry's|Victoria's Secret|Trader Joe's|Wendy's|Denny's|Domino's pizza|St. Patrick's Day|Valentine's Day|Bearer token|Authorization: Bearer abc|Basic auth|curl -H header|export TOKEN|Senior Buyer|Junior Analyst|Sales Manager|Office Manager|Archwood Avenue|Elm Street|Park Lane 12|the Holocaust|Prime Minister|Minister of Defense|Secretary of State|Justice and Peace|Save Our Planet|Guerrillas attacked|Mercury is in retrograde|Word|Notes|Agenda|Hi|Hello|Regards|Yes|No|Okay|Lol|Wow|Really|Awesome|Exactly|Perfect|Great|Cool|Nope|Sure|Maybe|Congrats|Sorry|Please|Thanks|January|February|Monday|Friday|Berlin|London|Paris|Tokyo|China|India|America|Texas|Google|Facebook|Twitter|Youtube|iPhone|Netflix|Amazon|Christmas|Internet|Halloween|Ramadan|Diwali|Hanukkah""".split(
    "|"
)

NONE = {
    "en": NONE_EN,
    "de": """guten Morgen|vielen Dank|bitte um Rückmeldung|Die Rechnung ist offen|Das Meeting ist um 10 Uhr|Sehr geehrte Damen und Herren,|Mit freundlichen Grüßen|Viele Grüße|Liebe Kolleginnen und Kollegen,|Hallo zusammen,|Der Vertrag liegt im Ordner|Die Besprechung wurde verschoben|Bitte Termin bestätigen|Angebot und Auftrag|Rechnungsnummer 4411|Die Daten der Kunden werden gelöscht|Im März beginnt das Projekt|Am Montag ist Feiertag|Der Drucker im Büro ist kaputt|Wir brauchen mehr Zeit für die Prüfung|Die Abteilung Einkauf meldet Bedarf|Datenschutz und Sicherheit|Passwort vergessen|Anmeldung fehlgeschlagen|Neue Datei speichern unter|Straße und Hausnummer|Vorname und Nachname|Vorname:|Nachname:|Geburtsdatum|Frohe Weihnachten|Schönes Wochenende|Mitarbeiter der Woche|Betriebsrat und Geschäftsführung|Herr und Frau|Der Kunde möchte eine Gutschrift|Die Frau am Empfang|der Chef ist weg|Deutsche Bahn|Frankfurt am Main|Landkreis München|Volkswagen Werk|Krankenkasse zahlt nicht|Urlaub im Sommer|Stand: Januar|Anlage zum Protokoll|Ergebnis der Prüfung|Frage an den Support|Rückruf erbeten|Lieferung kommt Freitag|Umsatz im ersten Quartal|Der Tisch ist gedeckt|Schreibtisch am Fenster|Stuhl und Tisch|Schlüssel vom Schrank|Tasche und Jacke|Kaffee in der Küche|Termin beim Arzt|Bild an der Wand|Ordner im Regal|Wagen in der Garage""",
    "fr": """bonjour à tous|merci beaucoup|La réunion est à 10h|Bonne journée|Cordialement|Madame, Monsieur,|le facture est jointe|Le rapport est prêt|Chers collègues,|Veuillez trouver ci-joint le document|Nom et prénom|Prénom :|Nom :|Date de naissance|Mot de passe oublié|Service client|Conditions générales|Ressources humaines|la semaine prochaine|à lundi|en mars|le chef est absent|le client veut un remboursement|Direction générale|Société Générale|Notre-Dame|Côte d'Azur|Saint-Étienne|l'avocat a appelé|d'accord|C'est parti|Tour Eiffel|Conseil d'administration|Bonnes vacances|Joyeux Noël|Bureau 12|Il faut vérifier la commande|Je vous remercie|Peux-tu regarder ?|Le serveur ne répond pas""",
    "es": """gracias|muchas gracias|La reunión es mañana|Buenos días|Un saludo|Estimados señores:|Adjunto la factura|El informe está listo|Nombre y apellidos|Nombre:|Apellido:|Fecha de nacimiento|Contraseña olvidada|Atención al cliente|Recursos Humanos|la semana que viene|hasta el lunes|en marzo|el jefe no está|el cliente quiere un reembolso|Banco Santander|San Sebastián|Buenos Aires|Semana Santa|Feliz Navidad|Consejo de Administración|Hola a todos|Queridos compañeros|No funciona el servidor|Por favor, confirma|¿Puedes mirar esto?|Costa Rica|Santa Cruz|Departamento de ventas|Muy bien|De acuerdo|Buen fin de semana|Te llamo luego|Pedido número 33""",
    "it": """grazie mille|Il rapporto è pronto|Buongiorno a tutti|Cordiali saluti|Gentili colleghi,|In allegato la fattura|Nome e cognome|Nome:|Cognome:|Data di nascita|Password dimenticata|Servizio clienti|Risorse umane|la settimana prossima|a lunedì|in marzo|il capo non c'è|il cliente vuole un rimborso|San Marino|Santa Lucia|Buon Natale|Consiglio di amministrazione|Ciao a tutti|Il server non risponde|Per favore conferma|Puoi guardare?|Ordine numero 12|Ufficio vendite|Banca d'Italia|Buon fine settimana|Va bene|A domani|Reggio Emilia""",
    "nl": """dank je wel|De vergadering is om 10 uur|Goedemorgen allemaal|Met vriendelijke groet|Beste collega's,|Bijgaand de factuur|Voornaam en achternaam|Voornaam:|Achternaam:|Geboortedatum|Wachtwoord vergeten|Klantenservice|Personeelszaken|volgende week|tot maandag|in maart|de baas is weg|de klant wil geld terug|Den Haag|Fijn weekend|Prettige dag|Raad van Bestuur|Hoi allemaal|De server doet het niet|Graag bevestigen|Kun je kijken?|Bestelling 33|Afdeling verkoop|Bank van Nederland|Tot morgen|Geachte heer, mevrouw""",
    "pt": """obrigado|A reunião é amanhã|Bom dia a todos|Atenciosamente|Prezados colegas,|Segue em anexo a fatura|Nome e sobrenome|Nome:|Sobrenome:|Data de nascimento|Senha esquecida|Atendimento ao cliente|Recursos Humanos|semana que vem|até segunda|em março|o chefe saiu|o cliente quer reembolso|São Paulo|Rio de Janeiro|Feliz Natal|Conselho de Administração|Oi pessoal|O servidor caiu|Por favor, confirme|Pode olhar?|Pedido número 3|Banco do Brasil|Santa Catarina|Bom fim de semana|Tudo bem|Até amanhã""",
    "pl": """dziękuję bardzo|Spotkanie jest o 10|Dzień dobry wszystkim|Z poważaniem|Szanowni Państwo,|W załączeniu faktura|Imię i nazwisko|Imię:|Nazwisko:|Data urodzenia|Nie pamiętam hasła|Obsługa klienta|Kadry i płace|w przyszłym tygodniu|do poniedziałku|w marcu|szefa nie ma|klient chce zwrotu|Nowy Sącz|Zielona Góra|Wesołych Świąt|Zarząd spółki|Cześć wszystkim|Serwer nie działa|Proszę o potwierdzenie|Możesz spojrzeć?|Zamówienie 33|Dział sprzedaży|Miłego weekendu|Do jutra|Raport jest gotowy""",
    "sv": """tack så mycket|Mötet är klockan 10|God morgon alla|Med vänlig hälsning|Hej alla,|Bifogat finns fakturan|Förnamn och efternamn|Förnamn:|Efternamn:|Födelsedatum|Glömt lösenord|Kundtjänst|Personalavdelningen|nästa vecka|till måndag|i mars|chefen är borta|kunden vill ha pengarna tillbaka|Trevlig helg|God jul|Styrelsen|Servern fungerar inte|Vänligen bekräfta|Kan du titta?|Beställning 33|Rapporten är klar|Vi ses imorgon|Svenska Dagbladet|Region Stockholm""",
    "da": """mange tak|Mødet er klokken 10|Godmorgen alle|Venlig hilsen|Kære alle,|Vedhæftet er fakturaen|Fornavn og efternavn|Fornavn:|Efternavn:|Fødselsdato|Glemt adgangskode|Kundeservice|Personaleafdelingen|næste uge|på mandag|i marts|chefen er væk|kunden vil have pengene tilbage|God weekend|Glædelig jul|Bestyrelsen|Serveren virker ikke|Bekræft venligst|Kan du kigge?|Bestilling 33|Rapporten er klar|Vi ses i morgen|Danske Bank|Københavns Kommune|hele tiden får de besked|de manglende indre stridigheder|aktørerne har prøvet det|politiets advarsler og afspærringer|branden blev slukket|det bør alle kristne gøre|regningen ventes at overstige 13 mia. kroner|meddelelserne kom tidligt|arbejderne kunne gå hjem|pigerne sidder på terrassen|drengene løb efter barnevognen|klart nederlag foran eget publikum|uhyggeligt nærværende|Det er en god idé|Der er ikke flere penge|Han sagde, at det var for sent|Regeringen vil sænke skatten|Politiet efterlyser vidner|Folketinget stemte nej|Den Danske Bank|Jyllands-Posten|Nordsjælland|Vesterbro""",
    "fi": """kiitos paljon|Kokous on kello 10|Hyvää huomenta kaikille|Ystävällisin terveisin|Hei kaikki,|Liitteenä lasku|Etunimi ja sukunimi|Etunimi:|Sukunimi:|Syntymäaika|Salasana unohtunut|Asiakaspalvelu|Henkilöstöosasto|ensi viikolla|maanantaihin|maaliskuussa|pomo on poissa|asiakas haluaa hyvityksen|Hyvää viikonloppua|Hyvää joulua|Hallitus|Palvelin ei toimi|Vahvista, kiitos|Voitko katsoa?|Tilaus 33|Raportti on valmis|Nähdään huomenna|Helsingin Sanomat""",
    "cs": """děkuji moc|Schůzka je v 10|Dobré ráno všem|S pozdravem|Vážení kolegové,|V příloze faktura|Jméno a příjmení|Jméno:|Příjmení:|Datum narození|Zapomenuté heslo|Zákaznický servis|Personální oddělení|příští týden|do pondělí|v březnu|šéf tu není|zákazník chce vrátit peníze|Hezký víkend|Veselé Vánoce|Představenstvo|Server nefunguje|Prosím potvrďte|Můžeš se podívat?|Objednávka 33|Zpráva je hotová|Uvidíme se zítra|Hradec Králové|Česká republika|Dobrý den,""",
    "tr": """çok teşekkürler|Toplantı saat 10'da|Herkese günaydın|Saygılarımla|Değerli arkadaşlar,|Ekte fatura|Ad ve soyad|Ad:|Soyad:|Doğum tarihi|Şifremi unuttum|Müşteri hizmetleri|İnsan kaynakları|gelecek hafta|pazartesiye kadar|martta|patron yok|müşteri iade istiyor|İyi hafta sonları|Mutlu yıllar|Yönetim Kurulu|Sunucu çalışmıyor|Lütfen onaylayın|Bakar mısın?|Sipariş 33|Rapor hazır|Yarın görüşürüz|Türkiye Cumhuriyeti|İş Bankası|Merhaba arkadaşlar""",
    "ru": """Встреча в 10|спасибо большое|Доброе утро всем|С уважением|Уважаемые коллеги,|Во вложении счёт|Имя и фамилия|Имя:|Фамилия:|Дата рождения|Забыли пароль|Служба поддержки|Отдел кадров|на следующей неделе|до понедельника|в марте|начальника нет|клиент хочет возврат|Хороших выходных|С Новым годом|Совет директоров|Сервер не работает|Прошу подтвердить|Можешь посмотреть?|Заказ 33|Отчёт готов|Увидимся завтра|Российская Федерация|Санкт-Петербург|Нижний Новгород|Добрый день!|Привет всем|Сбербанк Онлайн|Красная площадь""",
    "ja": """会議は10時です|お疲れ様です|よろしくお願いします|ありがとうございます|添付ファイルをご確認ください|来週の月曜日|東京都港区|大阪支社|田んぼの写真|山の上|高い橋|中村区役所|石川県|山口県庁|宮崎空港|松本市|千葉県船橋市|氏名|お名前を入力してください|パスワードを忘れた|お客様各位|皆様、おはようございます|営業部より|部長に確認します|先生に聞いてください|担当者不在|サーバーが落ちています|三菱電機|本田技研|豊田市|日本語で書いてください|発表資料を作成|森林と林業|小林一茶の俳句集|金曜日に納品|木の机|原因を調査|請求書番号|株式会社|資料を送ってください|お世話になっております|今日は雨です|新しいファイル|確認お願いします|了解しました|清水寺|パスワードは|電話番号は03-1234です|メールアドレス|住所：東京都新宿区|郵便番号|口座番号|生年月日|会員番号|クレジットカード番号|暗証番号|請求先住所|電話番号|お客様番号|担当部署|ログインできません|システム障害|大阪市北区|横浜市西区""",
    "zh": """会议十点开始|谢谢大家|请查收附件|下周一见|北京市朝阳区|上海分公司|王府井大街|黄山风景区|张家界|石家庄|马上到|高度重视|江苏省|周末愉快|金额已到账|方法很简单|白色的车|请输入姓名|忘记密码|尊敬的客户|各位同事好|经理不在|老师好|服务器坏了|打开文件|保存设置|华为手机|李宁运动鞋|马克思主义|安全检查|任务完成|平台维护|时间不够|于是我们决定|和平发展|何时开会|万科地产|陈列室|项目计划|订单号|明天再说|好的收到|没问题|今天下雨|人力资源部|董事会|总经理办公室|联系人|温度太高|毛衣|高速公路|余额不足|方便的时候|常见问题|向客户说明|许多人|施工现场|程序错误|路由器|严格要求|水平很高|左右|单价|密码是123456|密码：|身份证号码|电话号码是13800000000|邮箱地址|手机号|客户的电话是010|银行卡号|账号和密码|请联系客服|地址：北京市海淀区|邮编100000|请把文件发到邮箱|发票抬头|住址|户名|开户行|车牌号|护照号码|订单金额|信用卡|信用卡号码|借记卡1234|收货地址|请重置密码|服务器密码|用户名|验证码""",
    "ko": """회의는 10시입니다|감사합니다|첨부 파일 확인 부탁드립니다|다음 주 월요일|서울시 강남구|부산 지사|김치찌개|이메일 주소|박물관|최고의 선택|정보 보호|조건 확인|강의 자료|임시 파일|오전 회의|한국어|서버 오류|신청서|유지 보수|안전 점검|성명|이름을 입력하세요|비밀번호 분실|고객님께|여러분 안녕하세요|부장님 확인 부탁드립니다|선생님께 여쭤보세요|담당자 없음|삼성전자|현대자동차|이번 주|저는 괜찮습니다|전화 주세요|정말 고마워|오늘 날씨가 좋다|주문 번호|문의 사항|이용 약관|홍보팀|남은 시간|노트북|고장 났어요|백업 완료|황금 연휴|권한 없음|송금 완료|안내문|하지만|배송 조회|차량 등록|비밀번호는|비밀번호: abc|전화번호는 010입니다|고객님 전화번호|주소는 서울시|주민등록번호|계좌번호|이메일 주소는|우편번호|생년월일|카드 번호|여권번호|사용자 이름|고객 번호|연락처""",
}
NONE = {code: lines if isinstance(lines, list) else lines.split("|") for code, lines in NONE.items()}
ANY = [line.replace("T*DO", "TO" + "DO") for line in ANY]  # a mark of unfinished work in a text about them
NONE = {code: [line.replace("T*DO", "TO" + "DO") for line in lines] for code, lines in NONE.items()}

#: Places where no name stands, and verbs of programs: what looks most like a name and is none.
_PLACED = {
    "en": "the train to {p} was late|flight to {p} in may|our {p} office|I live in {p}|born in {p}|{p} is lovely in spring|moved from {p} to {p}|weather in {p}|visit {p} today|{p}, {p}|the {p} team|in {p} we met nobody",
    "de": "der Zug nach {p} fällt aus|Flug nach {p}|unser Büro in {p}|ich wohne in {p}|geboren in {p}|{p} ist schön|von {p} nach {p}|Wetter in {p}|Filiale {p}|Messe {p}",
    "fr": "le train pour {p} est en retard|vol pour {p}|notre bureau de {p}|j'habite à {p}|né à {p}|de {p} à {p}|météo à {p}|la ville de {p}|{p} est belle",
    "es": "el tren a {p} llega tarde|vuelo a {p}|nuestra oficina en {p}|vivo en {p}|nacido en {p}|de {p} a {p}|el tiempo en {p}|la ciudad de {p}|{p} es bonita",
    "it": "il treno per {p} è in ritardo|volo per {p}|il nostro ufficio di {p}|abito a {p}|nato a {p}|da {p} a {p}|meteo a {p}|la città di {p}|{p} è bella",
    "nl": "de trein naar {p} is te laat|vlucht naar {p}|ons kantoor in {p}|ik woon in {p}|geboren in {p}|van {p} naar {p}|het weer in {p}|gemeente {p}|{p} is mooi",
    "pt": "o trem para {p} atrasou|voo para {p}|nosso escritório em {p}|moro em {p}|nascido em {p}|de {p} a {p}|o tempo em {p}|a cidade de {p}|{p} é linda",
    "pl": "pociąg do {p} jest spóźniony|lot do {p}|nasze biuro: {p}|mieszkam: {p}|miasto {p}|{p} jest piękne|pogoda {p}|oddział {p}",
    "sv": "tåget till {p} är sent|flyg till {p}|vårt kontor i {p}|jag bor i {p}|född i {p}|från {p} till {p}|vädret i {p}|{p} kommun|{p} är fint",
    "da": "toget til {p} er forsinket|fly til {p}|vores kontor i {p}|jeg bor i {p}|født i {p}|fra {p} til {p}|vejret i {p}|{p} Kommune|{p} er smuk",
    "fi": "juna: {p} on myöhässä|lento: {p}|toimisto, {p}|asun kaupungissa {p}|syntynyt: {p}|kaupunki {p}|{p} on kaunis|sää {p}",
    "cs": "vlak do {p} má zpoždění|let do {p}|naše kancelář {p}|bydlím: {p}|město {p}|{p} je krásné|počasí {p}|pobočka {p}",
    "tr": "{p} treni gecikti|{p} uçağı|{p} ofisimiz|{p} şehrinde oturuyorum|doğum yeri {p}|{p} çok güzel|{p} hava durumu|{p} şubesi",
    "ru": "поезд: {p} опаздывает|рейс {p}|наш офис, {p}|город {p}|живу: {p}|{p} очень красив|погода {p}|филиал {p}",
    "ja": "{p}行きの電車が遅れています|{p}支社|{p}に住んでいます|{p}出身です|{p}の天気|{p}へ出張します",
    "zh": "去{p}的火车晚点了|{p}分公司|我住在{p}|{p}的天气|去{p}出差",
    "ko": "{p}행 기차가 늦었습니다|{p} 지사|{p}에 살아요|{p} 날씨|{p} 출장",
}  # fmt: skip
PLACED = {code: lines.split("|") for code, lines in _PLACED.items()}
