"""Paths, headers and limits both sides keep."""

from kiosk.domain import on_paper
from kiosk.domain.articles import PAGE_PATH

ENROL = "/v1/enrol"  # POST Enrol -> Enrolled; no token
ENROL_ASK = "/v1/enrol/ask"  # POST EnrolAsk -> EnrolWaits | EnrolApproved (both 200); no token
AUTHORITY = "/v1/authority"  # GET -> Authority; no token
TOKEN = "/v1/token"  # POST Assertion -> Token; no token
CAMPUS = "/v1/campus"  # GET -> CampusAnswer; ETag, 304
PRESENCE = "/v1/presence"  # POST Presence -> Neighbours
HEALTH_REPORT = "/v1/presence/health"  # POST HealthReport -> HealthHeard
NUMBERS = "/v1/numbers"  # POST NumbersWanted -> Block
OPERATIONS = "/v1/operations"  # POST Envelope -> TicketAnswer
OPERATIONS_TOGETHER = "/v1/operations/together"  # POST OperationsTogether -> AnswersTogether
PIN = "/v1/identity/pin"  # POST PinAttempt -> PinAccepted | PinDenied (both 200); VISIT header adds to that session
UPKEEP = "/v1/upkeep"  # POST UpkeepWanted -> UpkeepNoted; VISIT header
DESK_SHIFT = "/v1/desk/shift"  # POST ShiftWanted -> DeskOpened; VISIT header. DELETE: the VISIT header is the shift's
DESK_LOOK = "/v1/desk/look"  # POST LookUp -> RequestersFound; the VISIT header is the shift's
DESK_EARLIER = "/v1/desk/earlier"  # POST EarlierWanted -> EarlierMatters; the same
UPKEEP_LOG = "/v1/upkeep/log"  # POST LogSent -> LogKept; VISIT header
NEW_PIN = "/v1/identity/pin/new"  # POST PinAttempt -> PinStored | PinNotStored (both 200); VISIT header
CODE = "/v1/identity/code"  # POST CodeWanted -> CodeSent | CodeWaits (both 200)
CODE_ANSWER = "/v1/identity/code/answer"  # POST CodeTyped -> PinAccepted | PinDenied (both 200)
RELEASE = "/v1/identity/release"  # POST ReleaseTyped -> PinAccepted | PinDenied (both 200)
SIGN_IN = "/v1/identity/sign-in"  # POST SignInWanted -> SignInWaits | SignInEnded (both 200)
SIGN_IN_LOOK = "/v1/identity/sign-in/look"  # POST SignInWanted -> SignInWaits | SignInEnded | SignedIn (all 200)
SIGN_IN_CANCEL = "/v1/identity/sign-in/cancel"  # POST SignInNamed -> SignInEnded
SESSION = "/v1/identity/session"  # DELETE: ends the person's session; idempotent
MY_TICKETS = "/v1/tickets/mine"  # GET -> TicketList; VISIT header
TICKET_ACT = "/v1/tickets/act"  # POST TicketAct -> Acted; VISIT header
SLIP_LOOK = "/v1/slips/look"  # POST SlipLook -> TicketView
ACCOUNT = "/v1/account"  # GET ?act=… -> AccountSeen; VISIT header
ACCOUNT_ACTS = "/v1/account/acts"  # POST AccountOrder -> ActDone | ActRefused (both 200); VISIT header
CARD_LOOK = "/v1/cards/look"  # POST CardLook -> CardLooked
CARD_MET = "/v1/cards/proof"  # POST CardMet -> CardAsk | CardProven | CardNotProven (all 200)
CARD_SAID = "/v1/cards/proof/said"  # POST CardSaid -> CardAsk | CardProven | CardNotProven (all 200)
CARD_LOSS = "/v1/card/loss"  # GET -> LossState; VISIT header
CANCEL_LOSS = "/v1/card/loss/cancel"  # POST CancelLoss -> LossCancelled; VISIT header
REPLACEMENT = "/v1/card/replacement"  # POST OrderReplacement -> Replacement; VISIT header
CARD = "/v1/card"  # GET -> CardOverview; VISIT header
BALANCE = "/v1/card/balance"  # GET -> Balance; VISIT header
MOVEMENTS = "/v1/card/movements"  # GET -> MovementList; VISIT header
TOP_UP = "/v1/card/top-up"  # POST TopUpWanted -> TopUpOrder; VISIT header
TOP_UP_STATE = "/v1/card/top-up/state"  # POST TopUpNamed -> TopUpOrder
TOP_UP_CANCEL = "/v1/card/top-up/cancel"  # POST TopUpNamed -> TopUpOrder
CARD_LIMITS = "/v1/card/limits"  # POST LimitsWanted -> LimitsSet; VISIT header
CARD_PIN = "/v1/card/pin"  # POST CardPinWanted -> CardPinStored | CardPinDenied (both 200); VISIT header
HEALTH = "/v1/health"  # GET -> Health; no token
KNOWLEDGE = "/v1/knowledge"  # GET -> packed wire.knowledge.ArticleList; ETag, 304
KNOWLEDGE_TEXTS = "/v1/knowledge/texts"  # POST TextsWanted -> packed texts of articles
ARTICLES = (
    "/v1/articles"  # GET ?text=&language=&audience= -> ArticlesFound; GET /v1/articles/<id> -> ArticleTold; no token
)
PICTURE = "/v1/pictures/"  # GET /v1/pictures/<id>: a JPEG of an article, the same for ever
PHONE_PICTURE = PAGE_PATH + "picture/"  # GET /a/picture/<id>: the same for a phone; no token
ARTICLE = PAGE_PATH  # GET /a/<id>: an article for a phone; no token
PAY = "/p/"  # GET, POST /p/<code>: the simulated provider's page; no token
BROUGHT = on_paper.PATH  # GET /b/<digits>: the second code of a slip: an operation on paper, delivered; no token
FOLLOW = "/f/"  # GET /f/<code>: the page behind the slip's QR; its forms POST below it
DECIDE = "/d/"  # GET, POST /d/<code>: a request somebody has to agree to, by a mailed link; no token
NOT_MINE = "/n/"  # GET, POST /n/<code>: "that was not me", for the person in whose name something was told
PHOTO = "/photo"  # POST /f/<code>/photo
PHONE = "/s/"  # GET, POST /s/<code>: sign in for a kiosk; no token, the rest below it goes by the phone's cookie
PHONE_HERE = "/s/here"  # GET, POST: how it stands, and the number on the kiosk
PHONE_BACK = "/s/back"  # GET: back from the campus's page
PHONE_CAMPUS = "/s/campus"  # GET, POST: the simulated campus's page

#: The hub's time, RFC 3339 with milliseconds and offset, in every answer, also in errors.
HUB_TIME_HEADER = "Campus-Hub-Time"
#: The person's session token, beside ``Authorization: Bearer <kiosk token>``.
VISIT_HEADER = "Campus-Visit"
#: What a card proved, good once, beside a PIN or a code (CardProven.proof).
CARD_HEADER = "Campus-Card"
#: The action a PIN is typed for, where whoever may not take it is to hear nothing but "wrong".
DOOR_HEADER = "Campus-Door"

#: Largest request body the hub reads and largest answer a kiosk reads, bytes.
MAX_REQUEST = 64 * 1024
#: The one larger request: a picture from a phone, bytes.
MAX_PHOTO_REQUEST = 9 * 1024 * 1024
#: Longest part of an address that is remembered as a follow code, characters.
LONGEST_CODE = 40
MAX_ANSWER = 2 * 1024 * 1024

#: Free text a visitor may write, code points; contact, code points.
MAX_NOTE = 200
MAX_CONTACT = 80
#: A name or phone somebody is looked up by, code points.
MAX_LOOK_UP = 40
#: What the desk writes to a requester, code points.
MAX_ANSWER_TEXT = 1000
MAX_PLACE_DETAIL = 40
