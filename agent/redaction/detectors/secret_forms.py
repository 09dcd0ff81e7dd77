"""Forms of tokens as their issuers document them: the beginning says what it is, so nothing else is asked for.

A form is found at the beginning of a word only. Its pattern either takes everything it reads or fails after few
characters, so that many beginnings of one kind cannot cost the square of the text's length.
"""

# ruff: noqa: E501  # one line per group of issuers reads better than wrapped alternatives

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

#: Beginnings (alternatives apart by blanks) and what follows them, in the characters that the issuers name.
_FORMS: Final = (
    # Clouds: AWS, Google, Alibaba, Tencent, Azure, DigitalOcean, Fly, Heroku, Yandex, IBM, Oracle, Scaleway, OVH, Vultr, Linode, Render, Railway.
    ("AKIA ASIA ABIA ACCA AROA AIDA AGPA ANPA AIPA APKA ASCA ANVA", r"[A-Z0-9]{16,}"),
    ("A3T", r"[A-Z0-9]{17,}"),
    ("ABSK", r"[A-Za-z0-9+/]{40,}=*"),
    ("bedrock-api-key-", r"[A-Za-z0-9+/=]{12,}"),
    ("AIza", r"[\w-]{30,}"),
    ("GOCSPX- ya29. 1//0 GOOG1E GOOGW", r"[\w.-]{20,}"),
    ("LTAI", r"[A-Za-z0-9]{12,}"),
    ("AKID", r"[A-Za-z0-9]{13,}"),
    ("doo_v1_ dop_v1_ dor_v1_", r"[a-f0-9]{40,}"),
    ("HRKU- fo1_ FlyV1", r"[\w -]{20,}"),
    ("fm1_ fm2_ fm1a_ fm1r_", r"[\w+/=-]{40,}"),
    ("t1.", r"[\w-]{20,250}={0,2}\.[\w-]{60,}={0,2}"),
    ("y0_ y1_ y2_ y3_ AQVN AQVW", r"[\w-]{30,}"),
    ("YC", r"[A-Za-z0-9_-]{38}"),
    ("SCW", r"[A-Z0-9]{17}"),
    ("rnd_ rlwy_ render_ koyeb_ tbp_ zeet_ nf-", r"[A-Za-z0-9]{24,}"),
    ("tskey-", r"[\w-]{16,}"),
    ("EZ", r"[AT]K[a-zA-Z0-9]{20,}"),
    # Code hosts and registries: GitHub, GitLab, Gitea, Atlassian, npm, PyPI, RubyGems, Docker, Clojars, NuGet, Artifactory, crates.io, Hex, Cloudsmith.
    ("ghp_ gho_ ghu_ ghs_ ghr_ ghe_", r"[A-Za-z0-9_]{16,}"),
    ("github_pat_", r"\w{20,}"),
    ("v1.", r"[a-f0-9]{40,}"),
    ("glpat- gldt- glrt- glrtr- glcbt- glptt- glft- glsoat- glimt- glagent- glffct- gloas- glwt- glfe-", r"[\w-]{12,}(?:\.[\w-]{2,}){0,4}"),
    ("GR1348941", r"[\w-]{15,}"),
    ("ATATT3 ATCTT3 ATBB ATSTT3 BBDC- ATOA", r"[\w=+/%-]{16,}"),
    ("npm_ NpmToken.", r"[A-Za-z0-9-]{20,}"),
    ("pypi-", r"[\w-]{16,}"),
    ("rubygems_", r"[a-f0-9]{30,}"),
    ("dckr_pat_ dckr_oat_ hbn_ jfrt_", r"[\w-]{16,}"),
    ("CLOJARS_", r"[a-z0-9]{30,}"),
    ("oy2", r"[a-z0-9]{43}"),
    ("cio", r"[A-Za-z0-9]{32}(?![A-Za-z0-9])"),
    ("AKC", r"[A-Za-z0-9]{10,}"),
    ("AP", r"(?<![/+]AP)[A-F0-9](?=[A-Z]{0,12}[\da-z])[A-Za-z0-9]{10,}"),
    ("cmVmdGtu", r"[\w=-]{20,}"),
    ("bkua_ bkte_ bkaj_ bkat_ bks_", r"[a-f0-9]{30,}"),
    ("CCIPAT_ CCIPRJ_", r"[A-Za-z0-9_]{20,}"),
    ("sgp_ sgd_ slk_ sgs_ sgph_", r"(?:[a-f0-9]{16}_|local_)?[a-f0-9]{40,}(?![A-Za-z0-9])"),
    ("squ_ sqa_ sqp_ sqb_", r"[a-f0-9]{30,}"),
    ("phpt_ codecov_ cov_", r"[a-zA-Z0-9]{20,}"),
    # Talk: Slack, Discord, Teams, Twilio, SendGrid, Mailgun, Mailchimp, Brevo, Resend, Zoom, Intercom, LINE, Vonage, Courier, Knock.
    ("xoxb- xoxp- xoxa- xoxr- xoxs- xoxo- xoxe- xoxd- xoxc- xoxx-", r"[\w%+/=-]{14,}"),
    ("xoxe. xoxb. xoxp.", r"[\w.%-]{20,}"),
    ("xapp- xwfp-", r"[\w-]{20,}"),
    ("AC SK", r"[a-fA-F0-9x]{32}(?![A-Za-z0-9])"),
    ("SG.", r"[\w=.-]{16,}"),
    ("key- pubkey-", r"[a-f0-9]{32}"),
    ("xkeysib- xsmtpsib-", r"[A-Za-z0-9-]{40,}"),
    ("re_", r"[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}"),
    ("pk_prod_ dk_prod_ sk_prod_ cour_", r"[A-Z0-9a-z]{20,}"),
    ("mlsn. mlr_ md-", r"[A-Za-z0-9_-]{22,}"),
    # Money: Stripe, Square, Shopify, Flutterwave, EasyPost, PayPal, Braintree, Plaid, Adyen, Duffel, Lob, GoCardless, Razorpay, Mollie, Paystack, Shippo, Coinbase.
    ("sk_live_ rk_live_ pk_live_ sk_test_ rk_test_ pk_test_ sk_prod_ rk_prod_ ek_live_ ek_test_ sk_org_", r"\w{10,}"),
    ("sk_ rk_ pk_ whsec_", r"[A-Za-z0-9+/]{16,}=*"),
    ("sq0atp- sq0csp- sq0idp- sq0idb- sq0atb- sq0acp- sandbox-sq0idb- sandbox-sq0atb-", r"[\w-]{20,}"),
    ("EAAA", r"[\w-]{40,}"),
    ("shpat_ shpca_ shppa_ shpss_ shptka_ shpua_ shprt_", r"[a-fA-F0-9]{20,}"),
    ("FLWPUBK FLWSECK", r"(?:_TEST)?-[\w-]{12,}"),
    ("access_token$", r"(?:production|sandbox)\$[\w$-]{20,}"),
    ("access-sandbox- access-development- access-production- link-sandbox- link-production- public-sandbox- public-production-", r"[0-9a-f-]{32,}"),
    ("duffel_test_ duffel_live_ shippo_live_ shippo_test_", r"[\w=-]{20,}"),
    ("live_ test_ live_pub_ test_pub_", r"[a-f0-9]{28,}"),
    ("live_", r"(?=[a-z=_-]{0,30}\d)[\w=-]{38,}"),
    ("AQE", r"[\w+/=-]{40,}"),
    ("rzp_live_ rzp_test_", r"[A-Za-z0-9]{14,}"),
    ("organizations/", r"[0-9a-f]{8}-[0-9a-f-]{27}/apiKeys/[0-9a-f-]{36}"),
    ("nmiapi_ paddle_ pdl_live_ pdl_sdbx_ cko_ lmn_ polar_oat_ polar_pat_", r"\w{20,}"),
    # Models: OpenAI, Anthropic, Hugging Face, Replicate, Perplexity, Groq, xAI, Tavily, LangSmith, NVIDIA, Together, Fireworks, ElevenLabs, Langfuse, Pinecone, Jina, Deepgram.
    ("sk-", r"[A-Za-z0-9][\w-]{18,}"),
    ("sess-", r"[A-Za-z0-9]{30,}"),
    ("hf_ api_org_", r"[A-Za-z0-9]{20,}"),
    ("r8_ pplx- gsk_ xai- tvly- p8e- lsv2_pt_ lsv2_sk_ ls__ nvapi- tgp_v1_ fw_ pcsk_ jina_ e2b_ csk- cal_live_ gretel_ wandb_v1_ fc- exa_ bb_live_ apify_api_ apify_ui_ phx_ phc_", r"[\w-]{18,}"),
    ("AIzaSy", r"[\w-]{20,}"),
    # Watching and running: Grafana, New Relic, Sentry, Dynatrace, Datadog, Databricks, Doppler, Vault, Terraform, Pulumi, Prefect, Dagster, Rollbar, StackHawk, Axiom, Honeycomb.
    ("glc_ glsa_", r"[\w+/=]{20,}"),
    ("eyJrIjoi", r"[A-Za-z0-9+/=_-]{30,}"),
    ("NRAK- NRII- NRJS- NRRA- NRAA- NRIQ- NRBR- NRSP-", r"[\w-]{15,}"),
    ("sntrys_ sntryu_", r"[\w+/=-]{30,}"),
    ("dt0", r"[a-z]\d\d\.[A-Z0-9]{20,}(?:\.[A-Z0-9]+)?"),
    ("dapi dose dkea dsapi", r"[a-f0-9]{32}(?:-\d)?"),
    ("dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.", r"[\w.-]{20,}"),
    ("hvs. hvb. hvr. CAESI", r"[\w-]{20,}"),
    ("s. b. r.", r"(?=[A-Za-z]{0,12}\d)[A-Za-z0-9]{24}(?![\w.(-])"),
    ("pul- pnu_ pnb_ hawk. dagster: prefect_", r"[\w.-]{20,}"),
    ("xaat- xapt- hcaik_ hcamk_ hcxik_ ak_live_ ddapp_ ddp_", r"[\w-]{20,}"),
    ("sha256~", r"[\w-]{30,}"),
    ("SWMTKN-1- SWMKEY-1-", r"[\w+/-]{30,}"),
    ("ico-", r"[A-Za-z0-9]{32}"),
    ("K10", r"[a-f0-9]{20,}::[\w:-]{8,}"),
    ("pscale_tkn_ pscale_oauth_ pscale_pw_ pscale_app_secret_", r"[\w.=-]{30,}"),
    ("sbp_ sb_secret_ sb_publishable_ supabase_ napi_ neon_ fnAE fnAF xau_ lb_ turso_ upstash_ convex_", r"[\w-]{20,}"),
    ("nfp_ nfc_ nfo_ vercel_ vcp_ vci_ vck_ vca_ cfut_ cfat_ CFPAT- fastly_ bunny_ v1.0-", r"[\w-]{20,}"),
    ("wapi_ ngrok_ cr_ ak_ tk_ pt_ st_ usr_sk_", r"(?=[A-Za-z]{0,20}\d)[A-Za-z0-9]{24,}"),
    # Work: Postman, Linear, Notion, Figma, Airtable, Frame.io, ReadMe, Typeform, HubSpot, Harness, Intra, 1Password, Asana, ClickUp, Contentful, Auth0, Okta.
    ("PMAK- PMAT-", r"[A-Za-z0-9-]{20,}"),
    ("lin_api_ lin_oauth_ lin_wh_", r"[A-Za-z0-9]{20,}"),
    ("secret_ ntn_", r"[A-Za-z0-9]{30,}"),
    ("figd_ figu_ figdr_ figor_", r"[\w-]{20,}"),
    ("pat", r"[A-Za-z0-9]{14}\.[a-f0-9]{20,}"),
    ("pat-na1- pat-eu1- pat-na2- pat-eu2- pat-ap1-", r"[a-f0-9-]{20,}"),
    ("pat. sat.", r"[\w-]{16,}\.[\w.-]{16,}"),
    ("u-s4t2ud- s-s4t2ud- u-s4t2af- s-s4t2af-", r"[a-f0-9]{30,}"),
    ("fio-u- rdme_ tfp_ tly- wfp_ pipd_ dG9r", r"[\w=.-]{30,}"),
    ("ops_eyJ", r"[\w+/=-]{20,}"),
    ("A3-", r"[A-Z0-9]{6}-(?:[A-Z0-9]{5,11}-?){3,6}"),
    ("sm_pat_ sm_aat_ sm_sat_", r"[A-Za-z0-9]{16,}"),
    ("aio_ dvc_ key_ app_ int_ api_live_ api_test_ pks_ plt_ attio_ pco_ cxp_ cua_", r"(?=[A-Za-z]{0,20}\d)[A-Za-z0-9]{20,}"),
    ("sc_ ext_ scauth_ authress_", r"[a-z0-9]{5,30}\.[a-z0-9]{4,6}\.acc[_-][\w.-]{20,}"),
    ("API-", r"(?=[A-Z]{0,20}\d)[A-Z0-9]{25,27}(?![A-Za-z0-9])"),
    ("amzn.mws. amzn1.oa2-cs. amzn1.oa2-cs.v1. amzn1.application-oa2-client. Atza| Atzr| Atc|", r"[\w.-]{20,}"),
    ("sl. sl.u.", r"[\w-]{40,}"),
    ("PRIVATE- hsk_ skt- mds_ zpka_", r"(?=[A-Za-z]{0,20}\d)[A-Za-z0-9]{20,}"),
    ("pk_", r"\d{5,12}_[A-Z0-9]{20,}"),
    ("EAA EAAG EAAC", r"[A-Za-z0-9]{30,}"),
    ("IGQV IGQW THAA", r"[\w-]{30,}"),
    ("pk. sk. tk.", r"ey[\w-]{40,}\.[\w-]{16,}"),
    ("AAAAAAAAAAAAAAAAAAAA", r"[\w%]{20,}"),
    ("amp_ ap_ act. clt. rt.", r"(?=[A-Za-z]{0,20}\d)[\w!*-]{30,}"),
    ("sdk- mob- api- rel-", r"[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9-]{22,}"),
    ("ory_at_ ory_ac_ ory_rt_ ory_st_ ory_pat_ ory_wak_ phrs_ kxt_ tsc_ uptr_ sig_", r"[\w-]{25,}"),
    # Keys and their relatives: age, BIP-32, WireGuard's, minisign; private keys in DER (RFC 5208, 8017, 5915), OpenSSH, encoded once more.
    ("AGE-SECRET-KEY-1 age-secret-key-1 AGE-SECRET-KEY-PQ-1", r"[02-9AC-HJ-NP-Zac-hj-np-z]{30,}"),
    ("AGE-PLUGIN-", r"[A-Z0-9]+-1[A-Z0-9]{20,}"),
    ("xprv yprv zprv tprv uprv vprv", r"[A-Za-z0-9]{50,}"),
    ("edsk nsec1", r"[A-Za-z0-9]{50,}"),
    ("RWRTY0Iy", r"[A-Za-z0-9+/=]{60,}"),
    ("MII", r"[A-Za-z0-9+/]{2,3}IBA[AD][A-Za-z0-9+/=]{8,}"),
    ("MHcCAQEE MHQCAQEE MGgCAQEE MIGkAgEBBD MIHbAgEB MIHcAgEB MIGHAgEAM MIG2AgEAM MIHuAgEAM MC4CAQAwBQYDK2Vw MC4CAQAwBQYDK2Vu MEcCAQAwBQYDK2Vx MIIBVAIBADANB MIICdQIBADANB MIICdwIBADANB MIIFHDBO MIIFLTBX MIIFHzBJ MIIJnzBJ MIIBSgIBADC MIIBSwIBADC MIIBuwIBAAKBgQ MIIBvAIBAAKBgQ", r"[A-Za-z0-9+/=]{8,}"),
    ("b3BlbnNzaC1rZXktdjEA", r"[A-Za-z0-9+/=]{8,}"),
    ("LS0tLS1CRUdJTiBSU0EgUFJJVkFURS LS0tLS1CRUdJTiBQUklWQVRFI LS0tLS1CRUdJTiBFQyBQUklWQVRF LS0tLS1CRUdJTiBPUEVOU1NI LS0tLS1CRUdJTiBFTkNSWVBURU LS0tLS1CRUdJTiBEU0EgUFJJVkFURS LS0tLS1CRUdJTiBQR1AgUFJJVkFURS", r"[A-Za-z0-9+/=]{8,}"),
    ("lQ", r"(?:[OPW][EFGHYX]|I[GV]|[CDJ][A-Za-z0-9])[A-Za-z0-9+/]{3}[A-Za-z0-9+/]{60,}={0,2}"),
    # Passwords as systems keep them: crypt(5), PHC strings, LDAP, MySQL, Django, Drupal, phpBB, Kerberos.
    ("*0 *1 *2 *3 *4 *5 *6 *7 *8 *9 *A *B *C *D *E *F", r"[A-F0-9]{39}(?![A-Za-z0-9])"),
    ("$2a$ $2b$ $2x$ $2y$", r"\d\d\$[./A-Za-z0-9]{20,}"),
    ("$1$ $5$ $6$ $y$ $7$ $apr1$ $sha1$ $gy$ $md5, $argon2i$ $argon2id$ $argon2d$ $scrypt$ $pbkdf2$ $pbkdf2-sha1$ $pbkdf2-sha256$ $pbkdf2-sha512$ $ml$ $bcrypt-sha256$ $s2$ $8$ $9$", r"[\w$./=,+:-]{14,}"),
    ("$P$ $H$ $S$", r"[./A-Za-z0-9]{31,}"),
    ("$krb5asrep$ $krb5tgs$ $krb5pa$ $DCC2$ $NT$", r"[\w$*.@/#-]{20,}"),
    ("pbkdf2_sha256$ pbkdf2_sha1$ bcrypt_sha256$ argon2$ scrypt:", r"[\w$./=,+:-]{20,}"),
    ("pbkdf2:", r"sha\d+:\d+\$[\w$./+=-]{20,}"),
    # URLs of services that carry their key.
    ("cloudinary://", r"\S{10,}"),
    ("otpauth://", r"[^\s\"'<>]{10,}"),
    ("otpauth-migration://", r"[^\s\"'<>]{10,}"),
    # JSON Web Tokens (RFC 7519) and relatives.
    ("v2.local. v3.local. v4.local. v1.local. v2.public. v3.public. v4.public.", r"[\w-]{30,}(?:\.[\w-]+)?"),
    ("ey", r"[A-Za-z0-9][\w-]{12,}\\?\.[\w\\/.+=%-]{8,}"),
    ("eyJ", r"[\w+/=-]{40,}"),
)  # fmt: skip


def _by_beginning() -> dict[str, tuple[re.Pattern[str], ...]]:
    """The patterns by their first two characters; of one character's beginnings, by that."""
    found: dict[str, list[re.Pattern[str]]] = defaultdict(list)
    bot = re.compile(r"[MNO][A-Za-z\d]{22,27}\.[\w-]{6,7}\.[\w-]{27,60}")
    for first in "MNO":
        for second in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789":
            found[first + second].append(bot)  # Discord's bots: a number in base64, so no fixed beginning
    for beginnings, rest in _FORMS:
        together: dict[str, list[str]] = defaultdict(list)
        for beginning in sorted(beginnings.split(" "), key=len, reverse=True):
            together[beginning[:2]].append(re.escape(beginning))
        for key, group in together.items():
            found[key].append(re.compile(rf"(?:{'|'.join(group)})(?:{rest})"))
    return {key: tuple(patterns) for key, patterns in found.items()}


#: What may begin with these two characters.
FORMS: Final = _by_beginning()
#: Forms whose beginning is not fixed, tried where the sign in them stands: Telegram, Mailchimp, Terraform, Azure AD, Facebook, Firebase, Salesforce, Mailgun, pwdump.
SHAPED: Final = (
    (":A", re.compile(r"(?<![A-Za-z0-9])\d{8,16}:A[\w-]{30,40}")),
    ("-us", re.compile(r"(?<![A-Za-z0-9])[a-f0-9]{32}-us\d{1,2}")),
    (".atlasv1.", re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{30,100}")),
    (".apps.goog", re.compile(r"(?<![A-Za-z0-9])\d{10,14}-[a-z0-9]{20,40}\.apps\.googleusercontent\.com")),
    ("Q~", re.compile(r"(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{25,40}")),
    ("|", re.compile(r"(?<![A-Za-z0-9])\d{13,17}\|[\w-]{24,32}")),
    (":APA91b", re.compile(r"(?<![A-Za-z0-9])[\w-]{10,30}:APA91b[\w-]{60,200}")),
    ("!AQ", re.compile(r"(?<![A-Za-z0-9])00D[A-Za-z0-9]{12,15}!AQ[\w.]{30,120}")),
    (":::", re.compile(r"(?<![A-Za-z0-9])[a-fA-F0-9]{32}:[a-fA-F0-9]{32}(?=:::)")),
    ("}", re.compile(r"\{(?:S?SHA(?:256|512|384)?|S?MD5|CRYPT|ARGON2|PBKDF2[-\w]{0,12})\}[A-Za-z0-9+/=$.,_-]{12,200}")),
)  # fmt: skip
#: Keys to type, in groups: BitLocker, products, FileVault.
GROUPED: Final = (
    re.compile(r"(?<![A-Za-z0-9-])\d{6}(?:-\d{6}){7}(?![\d-])"),
    re.compile(r"(?<![A-Za-z0-9-])(?=[A-Z-]{0,24}\d)[A-Z2-9]{5}(?:-[A-Z2-9]{5}){4}(?![A-Za-z0-9-])"),
    re.compile(
        r"(?<![A-Za-z0-9-])(?=[A-Z-]{0,20}\d)(?=[\d-]{0,20}[A-Z])[A-Z0-9]{4}(?:-[A-Z0-9]{4}){5}(?![A-Za-z0-9-])"
    ),
)
#: Written where a secret would stand, by somebody who did not want to show one.
SHOWN: Final = re.compile(
    r"[-_~][xX]{6,}|X{9,}|\A[xX]{9,}|\.\.\.|(?:your|put|insert)[_-]|_here\b|\.\.\Z|redacted|REDACTED|Redacted|EXAMPLE\Z|[xX]{9,}[_-]"
)

#: Addresses that are a key themselves: whoever has them may write there.
HOOK: Final = re.compile(
    r"https?://(?:hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)|(?:[a-z]{1,10}\.)?discord(?:app)?\.com/api/webhooks"
    r"|[\w.-]{1,60}webhook\.office\.com|outlook\.office(?:365)?\.com/webhook|chat\.googleapis\.com/v1/spaces"
    r"|hooks\.zapier\.com/hooks|maker\.ifttt\.com/trigger|oapi\.dingtalk\.com/robot|open\.(?:feishu\.cn|larksuite\.com)/open-apis/bot"
    r"|qyapi\.weixin\.qq\.com/cgi-bin/webhook|api\.telegram\.org/(?:file/)?bot|hook\.(?:[a-z0-9]{2,4}\.)?make\.com|hooks\.airtable\.com"
    r"|[a-z0-9-]{1,60}\.logic\.azure\.com(?::443)?/workflows|events\.pagerduty\.com/integration|alert\.victorops\.com|mattermost\.[\w.-]{1,60}/hooks"
    r"|webhook\.site|[\w.-]{1,60}\.webhook\.office\.com)[^\s\"'<>`]{8,400}"
)

#: Private keys: RFC 7468 and OpenPGP armour (RFC 9580), PuTTY's file.
BLOCK: Final = re.compile(r"-{2,5} ?begin (?:[a-z0-9]+ ){0,3}private key(?: block)? ?-{2,5}|putty-user-key-file-\d:")
BLOCK_END: Final = re.compile(r"-{2,5} ?end (?:[a-z0-9]+ ){0,3}private key(?: block)? ?-{2,5}|private-mac: ?[a-f0-9]+")
#: Armour around what may be shown to everybody.
PUBLIC: Final = re.compile(r"-{5}begin (?:[a-z0-9]+ ){0,3}(?:certificate|public key|message|signature)[a-z ]{0,12}-{5}")
PUBLIC_END: Final = re.compile(r"-{5}end ")
