"""The words of a posting that the law forbids, hardly allows, or that only frighten people away.

A rule looks at one sentence. It is about people who are wanted or not wanted, so what the work is done with or for
(women's clothes, elderly clients, a deposit to settle) is excused by `unless`; `explains` marks the few settings in
which the law knows an exception, which then needs a reason and an officer's yes.

Every rule costs linear time, whatever is typed: sentences come with single blanks (`sentences_of`), every stretch
between two parts of a pattern has a bound, and two words anywhere in a sentence are two searches (`beside`).
"""

import itertools
import re
from dataclasses import dataclass

from screening.demand.orders.severity import Severity

MOST_FOUND = 20
"""Words of one rule in one sentence; more of them tell nobody more."""
NEAR = 40
"""Characters between two words up to which they are shown as one stretch of the sentence."""
SENTENCE = re.compile(r"(?<=[.!?])(?!\d)\s*|\n+")


def sentences_of(text: str) -> list[str]:
    """The sentences of a text as the rules read them: with single blanks."""
    return [" ".join(part.split()) for part in SENTENCE.split(text)]


@dataclass(frozen=True)
class Ground:
    """What a phrase breaks and how that is said; `code` names it in an exception."""

    code: str
    headline: str
    advice: str
    law: str


@dataclass(frozen=True)
class Rule:
    """A pattern of words in one sentence, what excuses it, and how heavy it is; `fields` limits it to some texts.

    With `beside`, both must stand in the sentence, in whichever order and however far apart.
    """

    ground: Ground
    words: re.Pattern[str]
    beside: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    explains: re.Pattern[str] | None = None
    severity: Severity = Severity.REFUSE
    fields: tuple[str, ...] = ()

    def hits(self, field: str, sentence: str) -> list[str]:
        """The words found in a sentence of a field, at most `MOST_FOUND` of them."""
        if self.fields and field not in self.fields:
            return []
        if self.unless is not None and self.unless.search(sentence):
            return []
        if self.beside is not None:
            return self._together(sentence)
        found = itertools.islice(self.words.finditer(sentence), MOST_FOUND)
        return [match.group().strip() for match in found]

    def _together(self, sentence: str) -> list[str]:
        one = self.words.search(sentence)
        other = self.beside.search(sentence) if self.beside is not None and one is not None else None
        if one is None or other is None:
            return []
        first, last = sorted((one.span(), other.span()))
        if last[0] - first[1] <= NEAR:
            return [sentence[first[0] : max(first[1], last[1])].strip()]
        return [sentence[slice(*span)].strip() for span in (first, last)]

    def weight(self, sentence: str) -> Severity:
        """Refused, unless the sentence names a setting in which the law knows an exception."""
        excusable = self.explains is not None and self.explains.search(sentence)
        return Severity.EXPLAIN if excusable else self.severity


AGE = Ground(
    "age", "나이를 모집 조건으로 적을 수 없습니다",
    "나이 대신 이 일에 필요한 경력이나 자격을 적어 주세요.", "고령자고용법 제4조의4",
)  # fmt: skip
SEX = Ground(
    "sex", "성별을 모집 조건으로 적을 수 없습니다", "하는 일과 필요한 능력만 적어 주세요.", "남녀고용평등법 제7조",
)  # fmt: skip
LOOKS = Ground(
    "looks", "외모나 신체 조건을 요구할 수 없습니다",
    "단정한 복장이 필요하면 '근무복 착용'처럼 적어 주세요.", "채용절차법 제4조의3",
)  # fmt: skip
FAMILY = Ground(
    "family", "혼인이나 가족에 관한 것을 물을 수 없습니다",
    "근무시간처럼 실제로 필요한 조건만 적어 주세요.", "채용절차법 제4조의3",
)  # fmt: skip
ORIGIN = Ground(
    "origin", "재산이나 출신을 조건으로 할 수 없습니다", "이 조건을 빼 주세요.", "채용절차법 제4조의3",
)  # fmt: skip
FEES = Ground(
    "fees", "구직자에게 비용을 물릴 수 없습니다",
    "채용에 드는 비용은 기업이 부담합니다. 이 문구를 빼 주세요.", "채용절차법 제9조, 직업안정법 제32조",
)  # fmt: skip
BELIEF = Ground(
    "belief", "종교나 사상, 노조 활동을 조건으로 할 수 없습니다", "이 조건을 빼 주세요.",
    "고용정책기본법 제7조, 노동조합법 제81조",
)  # fmt: skip
NATION = Ground(
    "nation", "출신이나 국적을 이유로 차별할 수 없습니다",
    "취업할 수 있는 체류자격이 필요하면 그렇게 적어 주세요.", "근로기준법 제6조, 직업안정법 제2조",
)  # fmt: skip
PAPERS = Ground(
    "papers", "이 서류는 받을 수 없습니다", "사진, 가족, 재산, 신앙에 관한 서류는 빼 주세요.",
    "채용절차법 제4조의3, 개인정보 보호법 제16조",
)  # fmt: skip
BAIT = Ground(
    "bait", "구인을 가장한 판매나 모집으로 보입니다",
    "실제로 하는 일과 받는 임금만 적어 주세요. 물건 구매, 회원 모집, 투자를 조건으로 할 수 없습니다.",
    "직업안정법 제34조, 시행령 제34조",
)  # fmt: skip
YOUTH = Ground(
    "youth", "18세 미만에게 시킬 수 없는 일이나 시간입니다",
    "청소년유해업소, 밤 10시 이후, 하루 7시간이 넘는 일에는 18세 미만을 쓸 수 없습니다.",
    "근로기준법 제65조·제69조·제70조, 청소년 보호법 제29조",
)  # fmt: skip
CONTRACT = Ground(
    "contract", "근로계약에 넣을 수 없는 조건입니다",
    "위약금, 무급 근무, 퇴직금·주휴수당 포기는 합의해도 효력이 없습니다. 이 문구를 빼 주세요.",
    "근로기준법 제15조·제20조·제22조, 최저임금법 제6조",
)  # fmt: skip
DOUBT = Ground(
    "doubt", "한 번 더 생각해 주세요",
    "이 일에 꼭 필요한 이유가 없으면 빼는 것이 좋습니다. 상담사가 이유를 여쭐 수 있습니다.", "남녀고용평등법 제7조",
)  # fmt: skip
VAGUE_PAY = Ground(
    "vague_pay", "임금을 숫자로 적어 주세요",
    "임금을 밝힌 구인에 지원이 더 많습니다. 협의할 수 있으면 최저와 최고를 적어 주세요.", "직업안정법 제10조",
)  # fmt: skip
VAGUE_WORDS = Ground(
    "vague_words", "지원자가 오해할 수 있는 말입니다", "실제 근무시간과 분위기를 그대로 적어 주세요.", "",
)  # fmt: skip

NO = (
    r"(?:사절|불가|제외|안 ?(?:됩|돼|되|뽑|봅|받)|곤란|어렵|탈락|받지 ?않|뽑지 ?않|채용하지 ?않|지원하지 ?마|연락하지 ?마"
    r"|삼가|사양|죄송|못 ?합|안 ?써|쓰지 ?않|자제|말아 ?주|노땡큐|노노|ㄴㄴ|不可|×|안 ?맞|힘들|패스|다음 ?기회|주지 ?마|마감|할 ?수 ?없|아니면|빼고)"
)
WANT = (
    r"(?:만(?![가-힣])|만\s|만(?:지원|뽑|채용)|우대|환영|선호|모집|구함|구합|구해|구인|급구|모십|모심|모셔|찾습|찾아요|찾고"
    r"|뽑|채용|필수|한정|한함|원합|우선|지원 ?가능|생각하고|연락 ?(?:요|주)|only|위주)"
)
SETTINGS_OF_SEX = r"목욕|탈의|사우나|찜질방|사감|입욕|동성|배역|연기자|모델"
SETTINGS_OF_AGE = r"지원사업|장려금|인턴(?:십|제)|고령자 ?적합|배역|연기자"
SETTINGS_OF_BELIEF = r"성직|목사|전도사|수녀|교역자|승려"
CARED_FOR = "어르신|할머니|할아버지|환자|이용자|고객|손님|회원|아동|학생|수급자|노인|아기|영유아|어린이|청소년|입소|이용인|장애인"
THINGS = (
    "의류|화장실|복|옷|용품|제품|병동|병원|휴게실|샤워실|탈의실|전용 ?(?:헬스장|주차)|커트|헤어|농업인|가족|고용|기숙사|아이|양말|구두|공용"
    "|임금|평등"
)
NOT_A_CARE_OBJECT = rf"(?! ?(?:{CARED_FOR}|{THINGS}))"
SEXES = r"(?:여성|남성|여자|남자|여학생|남학생|여알바|남알바|여성분|남성분)"
MINORS = r"(?:미성년|(?<!\d)1[5-8] ?(?:세|살)|학생 ?(?:알바|환영)|청소년|고등학생|고딩|(?<![가-힣])고[123]|중학생|중딩|십대|10대|만 ?1[0-7] ?세|초등학생|여고생|민짜|급식이|중[123]|초[56])"
PLACES = (
    r"(?:유흥|오락실|노래방|노래연습장|DVD방|맥주집|이자카야|나이트클럽|종일|룸 ?서빙|호프|술집|주점|바텐더|다방|안마|성인용품|모텔|여관|밀실|PC방|피시방|굴착기|배달|야간|밤|바\(bar\)|술|무인텔|민증 ?안|22시|23시|새벽"
    r"|하루 ?(?:8|9|10|11|12)시간|주 ?6일|동의서 ?(?:필요 ?없|없이)|신분증만 ?빌려|도우미)"
)
PEOPLES = (
    r"(?:외국인|동포분|외국 ?(?:사람|분)|외노자|북에서 ?오신|연변|중국분|네팔 ?분|중국인|중국 ?(?:교포|동포)|조선족|교포|귀화자|다문화 ?가정|동남아|베트남|우즈벡|몽골|필리핀|네팔|새터민|탈북(?:민|자)"
    r"|북한이탈주민|흑인|백인|영주권|한국계)"
)
FEE = (
    r"(?:응시료|전형료|심사비|보증금|예치금|예약금|참가비|가입비|교재비|교재값|회비|연수비|등록비|등록금|알선료|소개비|수수료|사례금"
    r"|대여료|접수비|면접비|교육비|재료비|(?:인적성|적성)?검사 ?비용|신원조회 ?비용|성의 ?표시|인사비|입사턱|키트|심사 ?비용|신체검사 ?비용|사물함 ?비용"
    r"|(?:유니폼|근무복|피복|작업복) ?(?:비|값|대금)?|차량 ?구입비|물품 ?구입|디파짓|교육자료값|(?:안전모|안전화|옷|신발) ?값|값으로|시험 ?보는 ?비용|신검비|서류 ?접수비|입사 ?(?:비|예치))"
)
PAYS = r"(?:\d|만원|필수|납부|입금|부담|별도|준비|내세요|냅니다|내야|보내|주시면|있습니다|있음|공제|자비|맡겨|납입|선불|받습니다|조건|가져오|걸고|깝니다|걷어요|하시면|사셔야|절반|받고|내신)"


def _rule(
    ground: Ground,
    words: str,
    *,
    beside: str = "",
    unless: str = "",
    explains: str = "",
    severity: Severity = Severity.REFUSE,
    fields: tuple[str, ...] = (),
) -> Rule:
    return Rule(
        ground,
        re.compile(words, re.IGNORECASE),
        re.compile(beside, re.IGNORECASE) if beside else None,
        re.compile(unless) if unless else None,
        re.compile(explains) if explains else None,
        severity,
        fields,
    )


RULES: tuple[Rule, ...] = (
    _rule(
        AGE,
        r"(?:만 ?)?\d{2} ?(?:세|살)(?:[이가을])? ?(?:이하|미만|까지|이내|초과|전후|정도|부터|이상|↓|↑|안\s|넘|[~\-–])"
        r"|\d{2} ?[~\-–] ?\d{2} ?(?:세|살)|(?<!\d)\d{2} ?[↓↑]|\d{2} ?살이라 ?또래"
        r"|(?:스물|서른|마흔|쉰|예순|일흔|[이삼사오육칠]십)(?:한|두|일|이|삼|사|오|육|칠|팔|구|둘|세|셋|네|넷|다섯|여섯|일곱|여덟|아홉)? ?(?:살|세)? ?(?:이하|이상|까지|미만|전후|넘|안|밑)|\d{2} ?(?:세|살)? ?커트라인",
        unless=rf"정년|고용금지|{CARED_FOR}|자녀|보호자|재고용|퇴직|놀이방|세대 ?아파트|돌봄|의무|18세 ?미만|1[89] ?세 ?이상|만 ?17세 ?이하는|검진",
        explains=SETTINGS_OF_AGE,
    ),
    _rule(
        AGE,
        rf"(?:[1-7]0|[2-7], ?[2-7]0|[이삼사오육]십) ?(?:[~\-–] ?[2-7]0 ?)?대(?! ?(?:규모|배차|점검|관리|설치|정비|청소))[^.]{{0,14}}?(?:{WANT}|{NO}|초반|중반|후반|초중반|여성|남성|까지|분(?:들)?(?![가-힣])|직원)"
        rf"|(?:2030|3040|4050) ?(?:세대)?[^.]{{0,6}}?{WANT}|(?:MZ|엠지|밀레니얼) ?세대[^.]{{0,6}}?{WANT}",
        unless=r"고객|손님|차량|화물차|서버|규모|배차|년대|대상 ?설문",
        explains=SETTINGS_OF_AGE,
    ),
    _rule(
        AGE,
        r"\d{2,4} ?년(?:도)? ?(?:이후|이전)? ?(?:출생|생(?![산명활물]))|\d{2} ?年?生|\d{2} ?년대 ?생",
        unless=r"고객|회원|어르신",
        explains=SETTINGS_OF_AGE,
    ),
    _rule(
        AGE,
        r"영\(?young\)?한|또래만|젊은 ?층 ?위주|젊으신|나이대|연배|젊(?:은|고) ?(?!층|음)(?:[가-힣]{1,20} ?)?(?:분|사람|직원|인재|피|남|여|감각|친구|팀)|어린 ?(?:분|친구|직원|사람|알바)"
        r"|(?:나이|연령)(?:가|는)? ?(?:제한|상한|많|어린|적은 ?분|[가-힣]{1,20}까지)",
        unless=r"제한 ?(?:이 ?)?(?:없|두지|無)|묻지|보지 ?않(?!.{0,60}많)|무관|상관 ?없|관계 ?없|고객|손님|대상",
        explains=SETTINGS_OF_AGE,
    ),
    _rule(
        AGE,
        rf"(?:고령자|고령층|실버세대|연세 ?있으신|환갑|할매|영감|중장년|중년|노인|노년|어르신|시니어|장년|청년|나이 ?드신 ?분)[^.]{{0,16}}?(?:{NO}|만(?=[\s.,]|지원|채용|뽑|$))",
        unless=r"친화|몰|이용|돌봄|급식|배식",
        explains=SETTINGS_OF_AGE,
    ),
    _rule(
        SEX,
        rf"{SEXES}{NOT_A_CARE_OBJECT} ?(?:만|분만|분|우대|환영|선호|직원|사원|근무자|지원자|모집|구함|구합|구해|구인|급구|채용|한정|에 ?한함|이어야|이면|알바|\d{{1,4}} ?명|[이가] ?(?:하|맡)|이,)"
        rf"|{SEXES}(?:이|가)?[^.]{{0,8}}맡습니다|(?:맡을|할|일할|도와주실) ?{SEXES}(?![가-힣])"
        rf"|{SEXES} ?사나이|사나이 ?모집",
        unless=r"남녀 ?(?:모두|무관|동일|공용)|관계 ?없|상관 ?없|무관(?!이라)|손님이|따로",
        explains=SETTINGS_OF_SEX,
    ),
    _rule(
        SEX,
        r"여알바|남알바|아주매|(?<![가-힣])(?:男|女) ?(?:only|만|우대)?|\((?:男|女)\)|(?<![가-힣])(?:남|여) ?[OX○×]|사실 ?(?:여자|남자)만|♀|♂|뇨자|(?:여자|남자)끼리만|어머님(?:들)? ?(?:한 ?분 ?)?(?:구|모)|여성 ?생산직|남성 ?생산직|뒷자리 ?[1-4]|여직원|남직원|여사원|남사원|여종업원|여사무원|여비서|여사님|여급|웨이트리스|아줌마|아주머니|아저씨|아가씨|총각(?!무|김치)|이모님?(?= ?(?:구|모|급|찾|$))"
        r"|삼촌(?= ?(?:구|모))|언니(?= ?(?:구|모|급))|할머니(?= ?(?:구|모|직원))|미스 ?김|주부 ?(?:사원|우대|환영|만)|성별 ?[:：] ?(?:남|여)"
        r"|\((?:남|여)\)|(?<![가-힣])(?:남|여) ?\d{1,4} ?명|군필자?(?:만|에 ?한| ?필수)|남학생 ?알바|여학생 ?(?:모집|알바|구)",
        unless=r"손님|고객|휴게실|커트|남녀|회화|연극|의상",
        explains=SETTINGS_OF_SEX,
    ),
    _rule(
        SEX,
        rf"(?:여성|남성|여자|남자)(?!의류){NOT_A_CARE_OBJECT}",
        unless=r"남녀 ?(?:모두|무관)|관계 ?없|무관|따로|전용",
        explains=SETTINGS_OF_SEX,
        fields=("preferred",),
    ),
    _rule(
        LOOKS,
        r"BMI|마른 ?편|평범한 ?얼굴|얼굴에 ?자신|와꾸|S라인|얼굴 ?되|인물 ?(?:훤|좋)|훤칠|통통하|키 ?\(?\d{3}|용모|외모|인상 ?좋|(?:키|신장)(?:가|는)? ?(?:\d{3}|작|크신|큰 ?분|커야)|몸무게|체중 ?\d|몸매|미모(?!사)|날씬|뚱뚱|비만이?신|비만인 ?분|못생|잘생"
        r"|예쁘(?:고|면|신)|예쁜 ?(?:분|사람|직원|얼굴)|얼굴 ?(?:이 ?)?(?:예|잘|보고|사진)|훈남|훈녀|비주얼|동안 ?(?:외모|얼굴)|연예인 ?닮|탈모|피부가"
        r"|성형하|허리 ?\d|옷 ?사이즈|사이즈 ?\d{2} ?이하|사진 ?(?:필수|첨부|부착|꼭)",
        unless=r"반려견|보지 ?않|안 ?적|평가하지|묻지|마네킹|선반|용기|모양|혈압|측정|투석|꽃|사출|도시락|점검|기기|진열",
        explains=SETTINGS_OF_SEX,
    ),
    _rule(
        FAMILY,
        r"임산부 ?(?:지원 ?)?(?:불가|사절|제외)|워킹맘|품절[남녀]|홑몸|아빠|엄마 ?(?:직|뭐|나라)|육아휴직(?:은|을)? ?(?:드리지|없)|출산휴가[^.]{0,8}(?:드리지|없)|미혼모는|사별|시집 ?(?:안|간)|장가 ?(?:안|간)|둘째 ?계획|父|母|(?:아기|애기) ?있으신|(?:언니|오빠|형|누나|동생)[^.]{0,8}대학|가족의 ?(?:재산|직업)|미혼(?!모|부)|기혼|이혼하|결혼 ?(?:여부|유무|예정|계획|안\s|한|하)|결혼하|(?:자녀|(?<![가-힣])애|아이) ?(?:가 ?)?(?:유무|여부|없는|있는 ?분|없으)|가족 ?(?:관계|사항|구성|증명서)"
        r"|부모님? ?(?:직업|학력|재산|직장)|아버지 ?(?:직|의)|양친|배우자 ?(?:직업|유무)|임신 ?(?:계획|여부|중|하면)|임신하|출산 ?(?:계획|예정)|독신(?!자 ?기숙)"
        r"|육아 ?중|육아휴직 ?안|한부모 ?가정 ?자녀|화목한 ?가정|장남|장녀|형제자매 ?(?:학력|직업|재산)",
        unless=r"묻지 ?않|보지 ?않|관계 ?없|상관 ?없|무관|행사|야간근로 ?없|창구|받지 ?않습니다$|사용 ?가능|물품|급식|돌봄|적지|상담 ?센터",
    ),
    _rule(
        ORIGIN,
        r"(?<!지적)재산 ?(?:정도|상태|유무|보유|현황|증명|이\s|을\s)|재산세를? ?내|자산 ?규모|자가 ?(?:소유|보유)(?! ?차)|부동산 ?(?:보유|소유)|본인 ?명의 ?집"
        r"|신용 ?불량|개인회생|파산|금수저|흙수저|주거형태|부동산 ?금액|집 ?한 ?채|나고 ?자란|빚쟁이|채무 ?확인|자가인지|자기 ?집 ?있|재산 ?\(|모은 ?돈|예금액|태생|[갱경]상도 ?사람|(?:빚|부채|대출)(?:이|가|을)? ?(?:없|있|많)|월세 ?사는|전세 ?사는|형편이|출신 ?(?:지역|지|학교|고교|대학|교)(?![가-힣]{0,20}급식)|시골 ?출신|출생지|출생자|원적|본적"
        r"|고향(?!사랑)|동향인|토박이|(?:호남|영남|전라도|경상도|충청도|강원도|제주도?|서울|경기|부산|대구|광주|인천|대전)(?: ?(?:출신|분|사람)| ?쪽 ?(?:분|은))",
        unless=r"묻지 ?않|묻는 ?질문은|보지 ?않|무관|관계 ?없|상관 ?없|정비|스캔|전표|전산화",
    ),
    _rule(
        FEES,
        rf"{FEE}[^.]{{0,20}}?{PAYS}",
        unless=r"회사(?:가|에서|는)? ?(?:부담|지원|지급|드|전액)|전액 ?회사|회사 ?지원|무료|무상|환급|환불|0원|다 ?냅니다|정산|회계|수납|창구|청구서|출력|장부|정산 ?자료|없(?:습니다|음|이)|받지 ?않|지급|지원합니다"
        r"|드립니다(?<!넣어 드립니다)|단말기|포장|연체|상담",
    ),
    _rule(
        BELIEF,
        r"신천지|교인은|주님 ?믿|주일성수|믿음의 ?식구|출석 ?교회|투쟁하던|[12]찍|절 ?다니는|크리스[찬천]|조합원|절에 ?다니|종교란|좌파|우파|대선|집회 ?나간|태극기|기독교인|불교 ?신자|천주교 ?신자|신자 ?(?:사절|우대|만|환영)|신앙|교회(?:에|를)? ?(?:다니|로 ?옮기|출석)|교회로|세례 ?받|무교(?!동)|이슬람교도|예배(?:에)? ?(?:참석|반드시)"
        r"|종교(?:가|를|인| ?활동 ?필수|와 ?정치)|정치관|(?:보수|진보) ?성향|(?:여당|야당)\s|지지하는 ?정당|정당 ?(?:당원|지지)|당원|지지자만|노조(?:에)? ?(?:가입|활동)|노동조합 ?활동하|정치 ?성향|집회 ?참가",
        unless=r"묻지 ?않|보지 ?않|무관|관계 ?없|보장|용품|서적|제본",
        explains=SETTINGS_OF_BELIEF,
    ),
    _rule(
        NATION,
        rf"{PEOPLES}[^.]{{0,16}}?(?:{NO}|적게|덜 ?줍|기본급만|안 ?해|없습니다|시급 ?[\d,]{{1,12}}원|맡겨야|주지 ?않|만 ?뽑|원어민만)|외국분 ?X|귀화하?신?|(?:한국|대한민국) ?(?:국적|여권|분만|인만)[^.]{{0,8}}(?:한함|만|소지)|한국분만|순수 ?한국|아랍|아프리카|외쿡|4대보험 ?가입 ?안|한국인만|내국인만|내국인 ?시급|한국 ?사람만|피부색|부모가 ?모두 ?한국인|토종 ?한국",
        unless=r"환영|같은 ?임금|백인백색|관계 ?없|무관",
    ),
    _rule(
        PAPERS,
        r"사진|증사|셀카|전신 ?컷|얼굴 ?컷|주민번호|신용등급|가족|주민등록|등본|혼인|세례|신용조회|잔고|납세증명|재산|당원|부모|배우자|형제|자매|신분증 ?원본|신상명세|임신|민증 ?앞뒤|뒷번호|범죄경력|채무 ?없음|호적|혈액형|본적|종교",
        unless=r"작품|칸은 ?비워|붙이지|적지 ?마|받지 ?않|없는(?!.{0,60}보지 ?않)|등기부(?!.{0,60}본인)|내지 ?않|빼 ?주|빼고|필요 ?없",
        fields=("papers",),
    ),
    _rule(
        BAIT,
        r"(?:제품|물건|상품|식품|책 ?세트|정수기|코인|주식|화장품)[^.]{0,16}?(?:사야|사면|사는 ?사람|구매 ?(?:후|해야|조건)|먼저 ?구매|구입 ?(?:후|필수|조건)|계약해야|먼저 ?가입|가입해야)"
        r"|우리 ?물건|상조 ?파는|소액 ?투자|체크카드|통장 ?(?:임대|대여)|현금 ?수거|무통장 ?송금|남의 ?카드|캄보디아|텔레마케팅 ?영업|보험 ?\d{1,4}건 ?넣|사원번호|기본급은? ?없|강의 ?먼저|자재비 ?먼저|먼저 ?송금|봉투만 ?받아|방문 ?판매\)?(?=\)|$| ?모집| ?수당)|다단계|하위 ?판매원|투자금|출자금|투자자로 ?참여|통장과? ?(?:카드|체크)|휴대전화를? ?개통해|회원(?:으로|만) ?(?:데려|늘리)"
        r"|후원금을? ?모아|수강 ?등록을 ?마친|(?:강의|과정)[을를]? ?결제|교재 ?먼저|선입금|부업|현금을 ?받아 ?전달|실제(?:로는| ?배치는)|본 ?업무(?=$|입|이)|체험 ?세트 ?판매|보험 ?계약이"
        r"|월 ?\d{3,9}(?:만원?)? ?보장|물품 ?구입 ?(?:필수|조건)",
        unless=r"아닙니다|의무가 ?없|상담|답변|인쇄|(?<!재택)포장|없습니다|업무 ?보조",
    ),
    _rule(
        YOUTH,
        MINORS,
        beside=PLACES,
        unless=r"출입|조리|교재|납품|다림질|보호자 ?동의서 ?제출|쉼터|지도|금지|확인|기기|수리|침구|학습지|미만 ?직원은|전에 ?퇴근",
    ),
    _rule(
        YOUTH,
        r"고등학생은 ?시급|(?:중학생|중딩|초등학생|초[56]부터|만 ?1[0-4] ?세)(?:도|들도)? ?(?:가능|환영|모집|[가-힣]{0,20} ?가능)|미성년(?:자)?(?:도|는)? ?(?:OK|환영|신분증만)",
        unless=r"교재|통학|급식|학습",
    ),
    _rule(
        CONTRACT,
        r"위약(?:금|벌)|씩 ?까|쓰지 ?않습니다|몰아서 ?지급|50%만 ?지급|상품권으로|일한 ?돈 ?0원|깔고 ?갑|쉬는 ?시간 ?(?:그런 ?거 ?)?없|어기면 ?\d|씩 ?까|안 ?돌려|페이 ?없|주휴 ?[X×無]|물어내셔|최저 ?안 ?되|퇴직금 ?無|못 ?채우면[^.]{0,12}(?:드리지|안 ?줌)|손해 ?배상[^.]{0,8}(?:각서|금|\d)|각서|서약서|무급|임금이 ?없|(?:돈|급여|임금)을 ?(?:드리지|주지) ?않|급여를 ?돌려|일당이? ?없|일당을 ?뺍"
        r"|퇴직금(?:은|을|이)? ?(?:없|[가-힣]{0,20}에? ?포함|포함|포기|받지)|주휴수당(?:은|을|이)? ?(?:없|포기|안)|야근수당[^.]{0,8}(?:청구|포기|없)|의무로 ?저축|떼었다가|통장을 ?사장|산재 ?(?:처리 ?)?안"
        r"|4대 ?보험(?:은|을)? ?(?:안|없|미가입|가입하지)|최저(?:시급|임금)(?:의|보다)? ?(?:\d{2} ?%|적)|벌금|벌칙|물어냅|(?:월급|급여|임금)에서 ?[가-힣\s]{0,40}(?:공제|뺍)|합의하고 ?시작|적게 ?받기로",
        unless=r"안내 ?상담|고지서|계약 ?해지|계약을 ?하지 ?않|없는 ?매장|별도 ?지급|휴가|휴직|공제회|(?:각서|서약서)[^.]{0,60}쓰지 ?않습니다|받지 ?않습니다|(?<!퇴직금 )(?<!수당 )없습니다$(?<!수당은 없습니다)(?<!퇴직금은 없습니다)(?<!임금이 없습니다)(?<!일당이 없습니다)|정보보호|보안|법정|양식",
    ),
    _rule(
        DOUBT,
        r"군필|병역 ?필|성별 ?무관|남녀 ?무관|남녀 ?모두|나이 ?무관|연령 ?무관|장애인 ?(?:증명서|복지카드)",
        severity=Severity.HINT,
    ),
    _rule(VAGUE_PAY, r"회사 ?내규|면접 ?(?:후|시) ?(?:협의|결정)|급여 ?협의", severity=Severity.HINT),
    _rule(
        VAGUE_WORDS,
        r"가족 ?같은|열정 ?(?:페이|만)|야근 ?(?:많|필수)|주말 ?출근 ?당연",
        severity=Severity.HINT,
    ),
)
