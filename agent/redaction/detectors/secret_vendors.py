"""Names of issuers whose keys have no form of their own: only the name beside them tells a key from a hash."""

# ruff: noqa: SIM905  # a list of words reads better than one of strings

from __future__ import annotations

from typing import Final

#: In folded form, as one word. Their documentation gives keys of letters and digits, hexadecimal or UUIDs.
VENDORS: Final = frozenset(
    """
    abstractapi abuseipdb accuweather adafruit adobe adzuna aeroworkflow agora airbrake airship airtable airvisual
    aiven alchemy alegra aletheia algolia alibaba alienvault aliyun amadeus ambee amplitude anypoint apacta
    apideck apiflash apifonica apify apilayer apimatic apitemplate apollo appcues appfollow appointed appoptics
    appsynergy apptivo artifactory artsy asana assemblyai atera audd auth0 autodesk autoklose autopilot
    avazapersonalaccess aviationstack aws axonaut aylien ayrshare azure baremetrics beamer beebole besnappy
    besttime billomat bitbar bitbucket bitcoinaverage bitfinex bitlyaccesstoken bitmex bittrex blazemeter blitapp
    blocknative blogger bombbomb boostnote borgbase braintree brandfetch braze browserstack browshot bscscan
    buddyns budibase bugherd bugsnag buildkite bulbul bulksms buttercms caflou calendarific calendly calorieninja
    campayn cannyio capsulecrm captaindata carboninterface cashboard caspio censys centralstationcrm cexio
    chartmogul chatbot chatfuel checio checklyhq checkout checkvist cicero circleci clarifai clearbit clickhelp
    clicksend clicktime clinchpad clockify clockworksms closecrm cloudant cloudelements cloudflare cloudimage
    cloudmersive cloudplan cloudsmith cloverly clustdoc cmc coda codacy codeclimate codecov codemagic codequiry
    cohere coinapi coinbase coinlayer coinlib collect2 column commercejs commodities companyhub confluent consul
    contentful conversiontools convertapi convertkit convier copper cos couchbase countrylayer courier coveralls
    craftmypdf crossbrowsertesting crowdin cryptocompare currencycloud currencyfreaks currencylayer currencyscoop
    currentsapi customerguru customerio dailyco dandelion dareboost databox databricks datadog datadoghq datagov
    deepai deepgram deepl delighted demio detectify detectlanguage dfuse diffbot diggernaut digitalocean discord
    discourse disqus ditto dnscheck docparser documo docusign doppler dotdigital dovico dreamhost dronahq drone
    droneci dropbox droplr duply dwolla dynalist dyspatch eagleeyenetworks easyinsight ecostruxureit edamam edenai
    eightxeight elasticemail elevenlabs enablex endorlabs enigma envoy eraser esign etherscan ethplorer etsy
    eventbrite everhour exportsdk extractorapi facebook faceplusplus fastforex fastly feedier fetchrss fibery
    figma fileio finage financialmodelingprep findl finicity finnhub firebase fixer fleetbase flexport flickr
    flightapi flightlabs flightstats float flowflu flutterwave fmfw formbucket formcraft formio formsite
    foursquare frameio freshbooks freshdesk front ftp fulcrum fullstory fusebill fxmarket gcp geckoboard gemini
    gengo geoapify geocode geocodify geocodio geoipifi getgeoapi getgist getresponse gitbook gitee gitguardian
    github gitlab gitter glassnode glitterly globalping gocanvas gocardless gocd goodday grafana graphcms
    graphhopper grocery groovehq gtmetrix guardian gumroad guru gyazo happi happyscribe harness harvest hashicorp
    hasura heatmapapi height helpcrunch helpscout here hereapi heroku hive hiveage holidayapi holistic honeybadger
    honeycomb host hotwire hubspot huggingface humanity hunter hyperping hypertrack ibm iconfinder iexapis
    iexcloud imagekit imagga impala infracost infura insightly instabot instagram instana integromat intercom
    intra42 intrinio invoiceocean ip2location ipapi ipgeolocation ipify ipinfo ipinfodb ipquality ipstack iterable
    jdbc jenkins jfrog jira jotform jumpcloud jumpseller jupiterone juro kanban kanbantool karmacrm keen keenio
    keycdn kickbox klaviyo klipfolio knapsackpro kontent kraken kucoin kylas languagelayer lastfm launchdarkly
    leadfeeder lemlist lemonsqueezy lendflow lessannoyingcrm lexigram linear linenotify linkedin linkpreview
    liveagent livestorm loadmill lob locationiq loggly loginradius logzio lokalisetoken looker loyverse lunchmoney
    luno macaddress madkudu magicbell magnetic mailboxlayer mailchimp mailerlite mailgun mailjet mailmodo mailsac
    mandrill manifest mapbox mapquest marketstack mattermost mavenlink maxmind meaningcloud mediastack meistertask
    meraki mesibo messagebird messaging metaapi metabase metrilo mindee mindmeister miro mite mixmax mixpanel
    mockaroo moderation monday monkeylearn moonclerk moosend moralis mrticktock mux myfreshworks myintervals
    nasdaq netcore nethunt netlify neutrinoapi newrelic newsapi newscatcher nexmo nexus nftport ngrok nicereply
    nightfall nimble nitro nomad noticeable notion novu npm nubela nuget numverify nvapi nylas nytimes oanda
    octopus okta omnisend onbuka onedesk onelogin onepagecrm onesignal onfleet oopspam opencagedata openuv openvpn
    openweather openweathermap opsgenie optidash optimizely oracle orb owlbot packagecloud pagarme pagerduty
    pandadoc pandascore papyrs parallel parsehub parsers parseur partnerstack passbase pastebin paydirt paymo
    paymongo paypal paystack pdflayer pdfshift peopledatalabs pepipost percy phraseaccesstoken pipedream pipedrive
    pivotaltracker pixabay plaid planetscale planview planviewleankit planyo plivo podio pollsapi poloniex polygon
    portainer positionstack postageapp postbacks posthog postman postmark powrbot prefect privacy private prodpad
    prometheus prospectcrm prospectio protocolsio proxycrawl pubnub pulumi purestake pushbullet pusher
    pusherchannel qase qualaroo qubole quickmetrics quicknode rabbitmq ramp rapidapi raven rawg razorpay reachmail
    readme reallysimplesystems rebrandly recaptcha rechargepayments redhat redis refiner rentman repairshopr
    replicate replyio requestfinance restpack restpackscreenshotapi rev revamp ringcentral ritekit roaring
    robinhoodcrypto rocketreach rollbar ronin route4me rownd rubygems runrunit saladcloud salesblink salescookie
    salesflare salesforce salesmate samsara sanity satismeter saucelabs scalewaykey scalr scrapeowl scraperapi
    scraperbox scrapestack scrapfly scrapingant scrapingbee screenshotapi screenshotlayer scrutinizerci
    securitytrails segment selectpdf semaphore sendbird sendgrid sendinblue sentiment sentry serphouse serpstack
    sheety sherpadesk shipday shippo shodan shopify shortcut shotstack shutterstock sidekiq sigopt simfin
    simplesat simplynoted simvoly sinchmessage sirv siteleaf skrapp skybiometry slack smartsheets smartystreets
    smooch snipcart snowflake snyk snykkey softlayer sonar sonarcloud sonarqube sourcegraph sparkpost speechtextai
    splunk spoonacular sportradar sportsmonk spotify square squarespace sslmate statuscake statuspage statuspal
    stitchdata stockdata storecove stormboard stormglass storyblok storychief strava streak stripe stripo stytch
    sugester sumologic supabase supernotes surge surveyanyplace surveybot surveysparrow survicate swell swiftype
    tableau tailscale tallyfy tatumio taxjar teamgate teams teamworkcrm teamworkdesk technicalanalysisapi telegram
    teletype telnyx terraform testingbot textmagic theoddsapi thinkific thousandeyes ticketmaster tickettailor
    tiingo timecamp timezoneapi tines tineswebhook tmdb todoist toggltrack tokeet tomorrowio tomtom tradier
    transferwise travelpayouts travisci trello trelloapikey tru twelvedata twilio twist twitch twitter typeform
    typetalk ubidots uclassify unify unifyid unplugg unsplash uplead uploadcare uptimerobot upwave urlscan user
    userflow userstack vagrantcloud vault vbout vercel verifier verimail veriphone versioneye viewneo virustotal
    visualcrossing voicegain voodoosms vouchery vpnapi vultr vyte walkscore weatherbit weatherstack web3storage
    webex webflow webscraper webscraping websitepulse wepay whoxy wiz workday worksnaps workstack worldcoinindex
    worldweather wrike x-api yandex yelp youneedabudget youtube zapier zendesk zenrows zenscrape zenserp zeplin
    zerobounce zerossl zerotier zipapi zipbooks zipcodeapi zoho zonkafeedback zulip zulipchat
    """.split()
)
#: Ordinary words among them would make every hash a key.
_ORDINARY: Final = frozenset(
    """
    apollo column copper ditto front guru harvest height here host manifest message messaging moderation parallel
    private user nitro polygon private route surge teams unify gemini guardian hive impala envoy enigma eraser
    privacy hunter cicero commodities linear square segment collect2 float fixer square swell streak mite rev cos
    ftp orb tru grocery timezoneapi github gitlab bitbucket npm docker nuget rubygems raven ramp nexus
    """.split()
)
#: Names that tell a key.
ISSUERS: Final = VENDORS - _ORDINARY
#: Words that make the hexadecimal after them a sum, a version or an identity again.
SUMS: Final = frozenset(
    """
    sha sha1 sha256 sha512 sha384 md5 commit commits rev revision hash hashes digest checksum sum etag integrity
    fingerprint tag image branch merge version blob tree index oid object build trace span request thumbprint uuid
    guid id crc hexdigest resolved changeset parent docker layer cherry pick picked fixes diff patch
    """.split()
)
