"""Sites that are protected for everybody. Data only; raise VERSION in ``table.py`` with every change.

HOSTS: a domain and everything below it. LABELS: a part between dots that names what a site is for, in the languages the
list knows; most banks, clinics and webmail services of the world are in no list, many say it in their name.
"""

from __future__ import annotations

from typing import Final

_BANKING = """
    paypal.com wise.com revolut.com n26.com ing.de ing.nl ing.com dkb.de comdirect.de commerzbank.de deutsche-bank.de
    sparkasse.de postbank.de targobank.de hypovereinsbank.de consorsbank.de norisbank.de bankofamerica.com chase.com
    wellsfargo.com citi.com capitalone.com usbank.com americanexpress.com discover.com schwab.com fidelity.com
    vanguard.com barclays.co.uk hsbc.co.uk hsbc.com lloydsbank.com natwest.com santander.co.uk santander.com monzo.com
    starlingbank.com halifax.co.uk nationwide.co.uk bnpparibas.com bnpparibas.net societegenerale.fr credit-agricole.fr
    labanquepostale.fr boursorama.com lcl.fr caixabank.es bbva.es bbva.com unicredit.it intesasanpaolo.com rabobank.nl
    abnamro.nl bunq.com nordea.com seb.se swedbank.se handelsbanken.se danskebank.dk op.fi pkobp.pl mbank.pl
    santander.pl kb.cz csob.cz erstebank.at sparkasse.at raiffeisen.at raiffeisen.ch ubs.com postfinance.ch zkb.ch
    sberbank.ru tinkoff.ru klarna.com stripe.com coinbase.com binance.com kraken.com bitpanda.com traderepublic.com
    scalable.capital interactivebrokers.com robinhood.com
"""
_HEALTH = """
    doctolib.de doctolib.fr doctolib.it zocdoc.com mychart.com patientaccess.com nhs.uk nhsapp.service.nhs.uk webmd.com
    teladoc.com betterhelp.com talkspace.com tk.de barmer.de dak.de aok.de gematik.de ameli.fr mayoclinic.org
    kaiserpermanente.org 23andme.com ancestry.com healthcare.gov netdoktor.de jameda.de drugs.com
"""
_WORK = """
    workday.com myworkday.com bamboohr.com personio.de personio.com successfactors.com successfactors.eu adp.com
    gusto.com paychex.com paycom.com rippling.com deel.com ukg.com dayforce.com sap-hr.com lever.co greenhouse.io
    indeed.com stepstone.de glassdoor.com kununu.com
"""
_LEGAL = """
    elster.de datev.de bea-brak.de docusign.com docusign.net clio.com lexisnexis.com westlaw.com turbotax.com
    taxact.com hrblock.com irs.gov impots.gouv.fr securedrop.org globaleaks.org hushline.app integrityline.com
    whistleb.com bkms-system.com verdi.de igmetall.de dgb.de aflcio.org unison.org.uk
"""
_WORDS_OF_OTHERS = """
    mail.google.com gmail.com outlook.live.com outlook.office.com outlook.office365.com outlook.com mail.yahoo.com
    mail.proton.me proton.me protonmail.com tutanota.com tuta.com gmx.net gmx.de gmx.com web.de mail.ru fastmail.com
    mailbox.org posteo.de icloud.com chat.google.com meet.google.com teams.microsoft.com teams.live.com slack.com
    discord.com web.whatsapp.com whatsapp.com web.telegram.org telegram.org messenger.com signal.org app.element.io
    element.io zoom.us webex.com mattermost.com rocket.chat zulip.com zulipchat.com facebook.com instagram.com x.com
    twitter.com linkedin.com tiktok.com reddit.com vk.com xing.com tinder.com bumble.com grindr.com
"""
_SECRETS = """
    1password.com my.1password.com 1password.eu bitwarden.com vault.bitwarden.com bitwarden.eu lastpass.com dashlane.com
    keepersecurity.com nordpass.com accounts.google.com login.microsoftonline.com login.live.com appleid.apple.com
    account.apple.com okta.com auth0.com onelogin.com duosecurity.com pingidentity.com passwords.google.com
    account.microsoft.com myaccount.google.com id.me login.gov
"""

HOSTS: Final = frozenset((_BANKING + _HEALTH + _WORK + _LEGAL + _WORDS_OF_OTHERS + _SECRETS).split())

_LABELS = """
    bank banking onlinebanking online-banking ebanking netbanking banque banco banca sparkasse brokerage
    webmail mail owa email correo posta poczta
    login signin signon sso auth idp identity accounts account adfs keycloak oauth passwort password passwords
    vault vaultwarden secrets
    health gesundheit patient patients mychart klinik clinic hospital sante salud
    hr payroll lohn gehalt personal benefits careers
    legal whistleblower whistleblowing hinweisgeber union betriebsrat
    chat
"""

LABELS: Final = frozenset(_LABELS.split())
