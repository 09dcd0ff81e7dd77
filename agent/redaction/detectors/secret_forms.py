"""Forms of tokens as their issuers document them: the beginning says what it is, so nothing else is asked for."""

# ruff: noqa: E501  # one line per group of issuers reads better than wrapped alternatives

from __future__ import annotations

import re
from typing import Final

#: Beginnings and what follows. One line per group of issuers; characters as the issuers name them.
_FORMS: Final = (
    # Clouds: AWS, Google, Alibaba, Tencent, DigitalOcean, Azure, Fly, Heroku, Yandex, IBM.
    r"(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA|AGPA|ANPA|A3T[A-Z0-9])[A-Z0-9]{16}",
    r"ABSK[A-Za-z0-9+/]{40,}=*|bedrock-api-key-[A-Za-z0-9+/=]{12,}",
    r"AIza[\w-]{30,}|GOCSPX-[\w-]{20,}|ya29\.[\w.-]{20,}|1//0[\w-]{20,}",
    r"LTAI[A-Za-z0-9]{12,}|AKID[A-Za-z0-9]{13,}|do[opr]_v1_[a-f0-9]{40,}|HRKU-[\w-]{20,}|fo1_[\w-]{30,}|fm[12][ar]?_[\w+/=-]{40,}",
    r"t1\.[A-Z0-9a-z_-]{20,}|y[0-3]_[\w-]{30,}|AQV[NW][\w-]{30,}|YC[A-Z][\w-]{20,}",
    # Code hosts and registries: GitHub, GitLab, Atlassian, npm, PyPI, RubyGems, Docker, Clojars, NuGet, Artifactory.
    r"gh[a-z]_[A-Za-z0-9]{16,}|github_pat_\w{20,}|v1\.[a-f0-9]{40}",
    r"gl[a-z]{2,6}-[\w-]{12,}(?:\.[\w-]{2,}){0,4}|GR1348941[\w-]{15,}|_gitlab_session=\w{32}",
    r"AT(?:ATT3|CTT3|BB|STT3)[\w=+/-]{16,}",
    r"npm_[A-Za-z0-9]{20,}|pypi-[\w-]{16,}|rubygems_[a-f0-9]{30,}|dckr_(?:pat|oat)_[\w-]{16,}|CLOJARS_[a-z0-9]{30,}|oy2[a-z0-9]{43}",
    r"AKC[A-Za-z0-9]{10,}|AP[A-F0-9][A-Za-z0-9]{10,}|cmVmdGtu[\w=-]{20,}",
    # Talk: Slack, Discord, Telegram, Teams, Twilio, SendGrid, Mailgun, Mailchimp, Brevo.
    r"xox[a-z](?:\.xox[a-z])?-[\w-]{8,}|xapp-[\w-]{20,}",
    r"[MNO][A-Za-z\d]{22,27}\.[\w-]{6}\.[\w-]{27,}|\d{8,16}:A[\w-]{30,}",
    r"(?:AC|SK)[a-fA-F0-9x]{32}|SG\.[\w=.-]{16,}|(?:pub)?key-[a-f0-9]{32}|[a-f0-9]{32}-us\d{1,2}|xkeysib-[\w-]{40,}",
    # Money: Stripe, Square, Shopify, Flutterwave, EasyPost, PayPal, Plaid, Adyen, Duffel, Lob, GoCardless.
    r"(?:sk|rk|pk|whsec)_(?:live_|test_|prod_)?[A-Za-z0-9]{16,}|sq0[a-z]{3}-[\w-]{20,}|EAAA[\w-]{40,}",
    r"shp[a-z]{2}_[a-fA-F0-9]{20,}|FLW(?:PUB|SEC)K(?:_TEST)?-[\w-]{12,}|EZ[AT]K[a-zA-Z0-9]{20,}|access_token\$[\w$-]{20,}",
    r"duffel_(?:test|live)_[\w=-]{20,}|(?:live|test)_(?:pub_)?[a-f0-9]{28,}|live_(?=[a-z=_-]*\d)[\w=-]{38,}|AQE[\w+/=-]{40,}",
    # Models: OpenAI, Anthropic, Hugging Face, Replicate, Perplexity, Groq, xAI, Tavily, Cohere.
    r"sk-[A-Za-z0-9][\w-]{18,}|hf_[A-Za-z0-9]{20,}|api_org_[A-Za-z0-9]{20,}|r8_[\w-]{20,}|pplx-[A-Za-z0-9]{20,}|gsk_\w{20,}",
    r"xai-\w{20,}|tvly-[\w-]{20,}|p8e-[a-z0-9]{20,}|lsv2_[\w]{20,}|nvapi-[\w-]{20,}",
    # Watching and running: Grafana, New Relic, Sentry, Dynatrace, Datadog, Databricks, Doppler, Vault, Terraform, Pulumi.
    r"gl(?:c|sa)_[\w+/=]{20,}|NR(?:AK|II|JS|RA|AA|IQ)-[\w-]{15,}|sntry[su]_[\w+/=-]{30,}|dt0[a-z]\d\d\.[\w.]{20,}",
    r"dapi[a-f0-9]{32}(?:-\d)?|dp\.(?:pt|st|ct|sa|scim|audit)\.[\w.]{20,}|hv[sbr]\.[\w-]{20,}|[\w]{14}\.atlasv1\.[\w=-]{30,}|pul-[a-f0-9]{30,}",
    r"phc_\w{20,}|phx_\w{20,}|sgp_\w{30,}|sha256~[\w-]{30,}|SWMTKN-1-[\w-]{40,}|tskey-[\w-]{16,}|ico-[A-Za-z0-9]{32}",
    # Work: Postman, Linear, Notion, Figma, Airtable, Asana, Frame.io, Readme, Typeform, HubSpot, Harness, Intra, 1Password.
    r"PMAK-[a-f0-9-]{20,}|lin_(?:api|oauth)_[A-Za-z0-9]{20,}|(?:secret|ntn)_[A-Za-z0-9]{30,}|fig[du]_[\w-]{20,}|pat[A-Za-z0-9]{14}\.[a-f0-9]{20,}",
    r"fio-u-[\w=-]{30,}|rdme_[a-z0-9]{30,}|tfp_[\w=.-]{30,}|pat-(?:na|eu)\d-[a-f0-9-]{20,}|[ps]at\.[\w-]{16,}\.[\w.-]{16,}|[su]-s4t2(?:ud|af)-[a-f0-9]{30,}",
    r"ops_eyJ[\w+/=-]{20,}|A3-[A-Z0-9]{6}-(?:[A-Z0-9]{5,11}-?){3,6}|sm_[a-z]{2,4}_[A-Za-z0-9]{12,}|aio_[A-Za-z0-9]{20,}|CFPAT-[\w-]{30,}",
    r"(?:sc|ext|scauth|authress)_[a-z0-9]{5,30}\.[a-z0-9]{4,6}\.(?:acc[_-])[\w.-]{20,}|API-[A-Z0-9]{20,}|amzn\.[\w.-]{30,}|sl\.[\w-]{30,}",
    r"PRIVATE-[A-Za-z0-9]{20,}|nfp_\w{30,}|vercel_\w{20,}|sbp_[a-f0-9]{30,}|EAA[A-Za-z0-9]{30,}|IGQV[\w-]{30,}|amp_[\w-]{30,}|pk\.[\w-]{40,}\.[\w-]{16,}",
    r"AAAAAAAAAAAAAAAAAAAA[\w%]{20,}|AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{30,}|xprv[A-Za-z0-9]{50,}|sk\.[\w-]{40,}\.[\w-]{16,}|cloudinary://\S{10,}",
    r"sq[uap]_[a-f0-9]{30,}|MII[BCEGJ][A-Za-z0-9+/=]{20,}|\*[A-F0-9]{40}|\$2[abxy]\$\d\d\$[./A-Za-z0-9]{20,}|\$(?:1|5|6|y|7|argon2id?)\$[\w$./=,+-]{20,}",
    # JSON Web Tokens (RFC 7519) and relatives.
    r"ey[A-Za-z0-9][\w-]{12,}\.(?:ey)?[\w\\/-]{8,}(?:\.[\w\\/+=-]*)*|eyJ[\w+/=-]{40,}",
)  # fmt: skip
FORM: Final = re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(_FORMS)})")
#: Written where a secret would stand, by somebody who did not want to show one.
SHOWN: Final = re.compile(
    r"[-_~][xX]{6,}|X{9,}|\A[xX]{9,}|\.\.\.|(?:your|put|insert)[_-]|_here\b|EXAMPLE\Z|[xX]{9,}[_-]"
)

#: Addresses that are a key themselves: whoever has them may write there.
HOOK: Final = re.compile(
    r"https?://(?:hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)|[a-z]{1,10}\.?discord(?:app)?\.com/api/webhooks"
    r"|discord(?:app)?\.com/api/webhooks|[\w.-]{1,60}webhook\.office\.com|outlook\.office(?:365)?\.com/webhook|chat\.googleapis\.com/v1/spaces"
    r"|hooks\.zapier\.com/hooks|maker\.ifttt\.com/trigger|oapi\.dingtalk\.com/robot|open\.feishu\.cn/open-apis/bot)[^\s\"'<>`]{8,400}"
)

#: Private keys: RFC 7468 and OpenPGP armour (RFC 9580), PuTTY's file.
BLOCK: Final = re.compile(r"-{2,5} ?begin (?:[a-z0-9]+ ){0,3}private key(?: block)? ?-{2,5}|putty-user-key-file-\d:")
BLOCK_END: Final = re.compile(r"-{2,5} ?end (?:[a-z0-9]+ ){0,3}private key(?: block)? ?-{2,5}|private-mac: ?[a-f0-9]+")
