# ruff: noqa: E501 - tables
"""Emergency words: what frightened parents type fires, asks or stays quiet, in every language at once."""

import re
import unicodedata
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts.phrases import read_phrase, wordings
from bot.script.document import compose, plain
from bot.talk.emergency_words import EMERGENCY_REQUEST, EmergencyWords, Heard

CONTENT = Path(__file__).parents[2] / "content"
DATA: dict[str, Any] = plain(compose((CONTENT / "words.yaml").read_text(encoding="utf-8"), "words.yaml"))
FACTS: dict[str, Any] = plain(compose((CONTENT / "facts.yaml").read_text(encoding="utf-8"), "facts.yaml"))
WORDS = EmergencyWords.from_mapping(DATA)

LIFE_THREATENING = (
    "breathing_stopped", "not_waking", "blue", "choking", "limp", "fit", "under_water", "shaken", "may_harm", "swallowed",
)  # fmt: skip

# What must fire, by sign and language, as real people might type it.
FIRES_AT_ONCE = """
breathing_stopped
  en: my baby is not breathing help | HES NOT BREATHING | she stopped breathing and i dont know what to do |
      i cant feel him breathing | hes not even breathing,please | I don't think she is breathing |
      baby isnt breathing!!! | stop breathing help | she cant breathe | he aint breathing |
      she's stopped breathing again | i think my son stopped breathing in his sleep | not breathing what do i do |
      baby doesnt breath | HE DOESNT BREATHE HELP ME | her breathing has stopped | he has no pulse |
      cannot see her chest moving | she forgot to breathe and went quiet
  zh: 宝宝没有呼吸了 | 孩子不呼吸了怎么办 | 我的寶寶停止呼吸 | 孩子呼吸停了 | 宝宝不喘气了
  hi: बच्चा सांस नहीं ले रहा है | मेरी बेटी की साँस रुक गई | baby saans nahi le raha |
      bachhe ki saans ruk gayi hai | baby ki sans band ho gayi
  es: no respira | mi bebe no respira ayuda por favor | la niña dejó de respirar | no puede respirar |
      creo que no esta respirando | mi hija de un mes no esta respirando bien | no me respira el niño
  ar: طفلي لا يتنفس | ابني ما عم يتنفس | البيبي مش بيتنفس الحقوني | بنتي توقفت عن التنفس | طفلتي ما بتتنفس |
      نفسه انقطع
  fr: mon bébé ne respire plus | il respire pas | elle a arrêté de respirer | il n'arrive pas a respirer |
      il ne respire presque plus | ma fille de 2 mois ne respire pas bien
  bn: আমার বাচ্চা শ্বাস নিচ্ছে না | বাবুর নিঃশ্বাস বন্ধ হয়ে গেছে | baccha nishash nicche na | শ্বাস নিতে পারছে না
  pt: meu bebê não está respirando | ele parou de respirar socorro | nao ta respirando |
      minha filha não consegue respirar | não tá respirando direito
  ru: ребенок не дышит | она перестала дышать | сын не дышит помогите | ребёнок вообще не дышит |
      малыш перестал дышать во сне | сынок не дышит что делать
  de: mein baby atmet nicht | er atmet nicht mehr!! | sie hat aufgehört zu atmen | bekommt keine luft |
      mein sohn hat aufgehört zu atmen | sie atmet einfach nicht | er hat keine atmung mehr
  tr: bebeğim nefes almıyor | nefesi durdu | oglum nefes alamiyor | bebek nefes almayı bıraktı |
      oğlum nefes alamıyor
  id: bayi saya tidak bernapas | anakku gak bernafas tolong | dia berhenti bernapas | bayiku tidak bisa bernapas |
      anak saya napasnya berhenti
  uk: дитина не дихає | він перестав дихати | малюк не може дихати | немає дихання
not_waking
  en: i cant wake my baby | SHE WONT WAKE UP | he is unconscious | my son passed out | she is not responding to me |
      baby wont wake for feed and is cold | we can't get her to wake up | he's unresponsive |
      i shook him gently but he will not wake up | he wont wake up no matter what | she is not reacting at all |
      cannot wake him up | he fainted | baby is so sleepy i cant wake her to feed | he lost consciousness
  zh: 宝宝叫不醒 | 孩子昏迷了 | 她没有反应了 | 孩子晕过去了 | 怎么叫都没反应
  hi: बच्चा उठ नहीं रहा है | मेरा बेटा बेहोश हो गया | baby uth nahi raha | beti behosh hai | bacha hosh me nahi hai
  es: mi bebé no despierta | no puedo despertarla | esta inconsciente | mi hijo se desmayo |
      no consigo despertarlo | mi bebé no reacciona
  ar: طفلي لا يستيقظ | ابني فاقد الوعي | البنت مش راضية تصحى | ما يصحى ابدا | ابني اغمي عليه
  fr: mon bébé ne se réveille pas | je n'arrive pas à le réveiller | elle est inconsciente |
      il a perdu connaissance | mon bébé est très difficile à réveiller | je n'arrive plus à la réveiller
  bn: বাচ্চা জাগছে না | আমার ছেলে অজ্ঞান হয়ে গেছে | baccha uthche na | ছেলে সাড়া দিচ্ছে না
  pt: meu filho não acorda | não consigo acordar ela | o bebê está inconsciente | minha filha desmaiou |
      minha bebê não reage
  ru: ребенок не просыпается | не могу разбудить дочь | сын без сознания | малыш потерял сознание |
      он не реагирует на меня | дочка упала в обморок
  de: mein baby wacht nicht auf | ich kriege ihn nicht wach | sie ist bewusstlos | er reagiert nicht |
      sie lässt sich nicht wecken | mein sohn ist ohnmächtig
  tr: bebeğim uyanmıyor | kızımı uyandıramıyorum | bayıldı tepki vermiyor | bebeğim tepki vermiyor |
      bilincini kaybetti
  id: bayiku tidak bangun | anak saya pingsan | dia tidak sadarkan diri | anak saya tidak merespon
  uk: дитина не прокидається | не можу розбудити сина | вона втратила свідомість | дитина знепритомніла
blue
  en: hes blue | she turned blue | her lips are blue | my baby is blue help | BABY TURNED BLUE | lips going blue |
      he went blue while feeding | face is turning blue | my newborn turned blue for a few seconds |
      she goes blue when she cries | his lips look blue | blue lips | tongue is blue | mouth turned bluish |
      he was blue around the mouth
  zh: 宝宝嘴唇发紫 | 脸都青了 | 孩子全身发紫 | 嘴唇发青
  hi: बच्चा नीला पड़ गया | उसके होंठ नीले हो गए | baby neela pad gaya | honth nile ho rahe hai |
      बच्चे के होंठ नीले पड़ रहे हैं
  es: se puso azul | mi bebé está morado | tiene los labios azules | la cara se le puso morada |
      se pone morado cuando llora | boquita morada
  ar: صار لونه ازرق | شفايفه زرقاء | ابني ازرق | وجهها أزرق | شفاهه مزرقة
  fr: il est bleu | ses lèvres sont bleues | elle devient toute bleue | bébé tout bleu aidez moi |
      les lèvres bleues | il devient bleu
  bn: বাচ্চা নীল হয়ে গেছে | ঠোঁট নীল | thot nil hoye geche | ঠোঁট নীল হয়ে যাচ্ছে
  pt: ele ficou roxo | a boca dela está roxa | meu bebê está azul | os lábios estão azuis |
      a boquinha dele ficou roxa
  ru: ребенок посинел | у неё синие губы | он весь синий | губы посинели | губы синеют | посинел вокруг рта
  de: mein baby ist blau | die lippen sind blau | er läuft blau an | sie wird ganz blau | blaue lippen |
      das gesicht ist blau
  tr: bebeğim morardı | dudakları mosmor | yüzü mavi oldu | dudakları morarıyor
  id: bayiku membiru | bibirnya biru | wajah bayi kebiruan | bibir bayi biru
  uk: дитина посиніла | губи сині | він весь синій | губи посиніли
choking
  en: shes choking | he is chocking on something | my baby cant stop choking | she is struggling to breathe |
      he is gasping for air | something is stuck in her throat | he has difficulty breathing | chocking on a grape |
      baby is choking and cant cry | he's struggling for breath | she can hardly breathe |
      there is a coin stuck in his throat | cant catch her breath
  zh: 孩子噎住了 | 宝宝呼吸困难 | 喘不过气 | 孩子被果冻卡住喉咙
  hi: बच्चे का गला घुट रहा है | उसे सांस लेने में तकलीफ हो रही है | gale me kuch atak gaya |
      saans lene me dikkat ho rahi hai
  es: se está ahogando | mi hijo se atragantó | le cuesta respirar | se ahoga con la leche |
      se atragantó con una uva | no puede tragar se ahoga
  ar: طفلي يختنق | عنده صعوبة في التنفس | ابني بيختنق | علق شي في حلقه
  fr: il s'étouffe | elle est en train de s'étouffer | il a du mal a respirer | il respire très mal
  bn: বাচ্চার গলায় কিছু আটকে গেছে | শ্বাস নিতে কষ্ট হচ্ছে | dom atke jacche | গলায় ভাত আটকে গেছে
  pt: meu bebê está engasgado | ela está engasgando | ele está com dificuldade para respirar | engasgou com leite |
      se engasgou com a mamadeira
  ru: ребенок задыхается | она подавилась | ему тяжело дышать | у него застряло в горле | подавился яблоком |
      трудно дышать ребенку
  de: mein kind erstickt | er bekommt kaum luft | sie schnappt nach luft | er hat atemnot | er ringt nach luft
  tr: bebeğim boğuluyor | boğazına bir şey takıldı | nefes almakta zorlanıyor | boğazına kaçtı
  id: bayi saya tersedak | anakku sesak napas | dia susah bernapas | tersedak susu
  uk: дитина задихається | син подавився | важко дихає | вдавилася яблуком
limp
  en: hes gone limp | my baby went limp in my arms | she is limp | baby is like a rag doll | suddenly floppy |
      SHE WENT ALL FLOPPY | he just went limp and quiet | he became limp | her whole body went floppy |
      limp arms and legs | like a ragdoll
  zh: 宝宝全身瘫软 | 孩子软绵绵的 | 突然全身无力 | 整个人软了
  hi: बच्चा अचानक ढीला पड़ गया | baby dheela pad gaya hai | शरीर ढीला हो गया | ekdum dheela ho gaya
  es: mi bebé está flácido | se quedó todo flojito | parece un muñeco de trapo | se puso flácida |
      se quedó flácida en mis brazos | como un trapo
  ar: جسمه مرتخي | طفلي ارتخى فجأة | صارت مرتخية | ارتخى جسمه
  fr: mon bébé est tout mou | elle est devenue toute molle | il est comme une poupée de chiffon |
      elle est toute molle et ne réagit pas
  bn: বাচ্চা নেতিয়ে পড়েছে | শরীর ছেড়ে দিয়েছে | baccha netiye poreche | হঠাৎ নিস্তেজ হয়ে গেছে
  pt: meu bebê ficou mole | ela está toda mole | parece um boneco de pano | ele ficou todo molinho
  ru: ребенок обмяк | она обмякла у меня на руках | он как тряпочка | он стал вялый и не реагирует
  de: mein baby ist plötzlich schlaff | sie hängt schlaff in meinen armen | er ist ganz schlaff |
      er ist ganz schlaff und reagiert nicht
  tr: bebeğim kendini bıraktı | birden vücudu gevşedi | bez bebek gibi | pelte gibi oldu
  id: bayi tiba tiba lemas | badannya lunglai | anakku terkulai | tubuhnya lemas seperti kain
  uk: дитина обм'якла | він обмяк | вона як ганчірка | обмяк и закрыл глаза | став в'ялий
fit
  en: hes having a fit | my baby is having a seizure | SHE IS HAVING A SIEZURE | he has a fit right now |
      she is convulsing | baby is fitting help | my son is having convulsions | she's having fits | fitting now |
      he is seizing | had a seizure just now | she started convulsing | he is shaking and his eyes rolled back |
      baby seizure help
  zh: 宝宝正在抽搐 | 孩子癫痫发作 | 全身抽搐不停 | 孩子抽风了
  hi: बच्चे को दौरा पड़ रहा है | मेरी बेटी को दौरे आ रहे हैं | baby ko daura pad raha hai | usko fits aa rahe hai |
      मिर्गी का दौरा पड़ा है
  es: está convulsionando | mi bebé tiene una convulsión | le está dando un ataque | le dio una convulsion |
      está teniendo un ataque epiléptico | le dieron convulsiones
  ar: طفلي يتشنج | عنده نوبة صرع | بنتي عندها تشنجات | جاته نوبة | ابني بيتشنج
  fr: il fait une crise d'épilepsie | mon bébé convulse | elle fait des convulsions | il a une crise d'épilepsie |
      ma fille fait une convulsion
  bn: বাচ্চার খিঁচুনি হচ্ছে | খিচুনি উঠেছে | bacchar khichuni hocche | বাচ্চার খিঁচুনি শুরু হয়েছে
  pt: meu bebê está convulsionando | ela está tendo uma convulsão | ele tá tendo um ataque | está em convulsão
  ru: у ребенка судороги | начались судороги | он бьется в судорогах | у неё приступ эпилепсии |
      у малыша начался приступ судорог | судороги у ребенка
  de: mein baby hat einen krampfanfall | sie krampft | er hat gerade einen anfall | er krampft seit 2 minuten |
      hat einen fieberkrampf
  tr: bebeğim nöbet geçiriyor | havale geçiriyor | oğlum sara nöbeti geçiriyor | çocuğum havale geçiriyor
  id: anak saya kejang kejang | bayiku sedang kejang | bayi kejang sekarang | anak saya kejang
  uk: у дитини судоми | почалися судоми | у сина напад | у малюка напад судом
under_water
  en: he went under water in the bath | she slipped under the water | my baby nearly drowned | he fell in the pool |
      she was under water for a few seconds | found him face down in the bath | he fell into the pond |
      she drowned in the bathtub | found in the pool | head went under in the tub | slid under the bath water
  zh: 孩子溺水了 | 宝宝掉进水里了 | 滑到水下 | 孩子落水了
  hi: बच्चा पानी में डूब गया | baby balti me gir gaya | pani mein doob gayi | paani me gir gaya
  es: se cayó a la piscina | mi bebé se hundió en la bañera | casi se ahoga en el agua | estuvo debajo del agua |
      se hundió en la piscina | se cayó al agua
  ar: ابني غرق في المسبح | وقعت في الماء | كان تحت الماء | غرقت بنتي
  fr: il est tombé dans la piscine | elle a glissé sous l'eau dans le bain | mon fils s'est noyé |
      est tombée dans l'eau
  bn: বাচ্চা পানিতে পড়ে গেছে | পুকুরে ডুবে গেছে | baccha panite dube giyechilo | পানিতে ডুবে গিয়েছিল
  pt: ele caiu na piscina | minha filha se afogou na banheira | ficou debaixo d'água | caiu dentro do balde
  ru: он ушел под воду | дочка упала в воду | ребенок захлебнулся водой в ванне | захлебнулась в ванной |
      упал в бассейн
  de: er ist in den pool gefallen | sie war unter wasser | mein kind ist fast ertrunken | ist untergegangen |
      kopf unter wasser
  tr: suya düştü | küvette suyun altında kaldı | havuza düştü | suda boğuldu
  id: anakku tenggelam | bayi jatuh ke kolam | dia kecebur ke air | masuk ke kolam renang
  uk: він пішов під воду | донька впала в басейн | дитина тонула | впала у воду
shaken
  en: i shook him | I shook her really hard | my husband shook the baby | the nanny hit the baby | he was shaken |
      my partner hurt her | he dropped him on purpose | i slapped my baby |
      i shook her because she wouldnt stop crying | i lost it and shook him | my boyfriend hit him |
      someone shook my baby | grandma slapped my baby
  zh: 我摇晃了宝宝 | 我打了孩子 | 老公用力摇宝宝 | 我用力摇了他
  hi: मैंने बच्चे को मारा | maine baby ko zor se hilaya | pati ne bache ko mara | maine usko mara
  es: lo sacudí muy fuerte | mi marido golpeó al bebé | sacudí a mi bebé | le pegué | mi pareja lo sacudió |
      le pegué a mi hijo
  ar: هزيت الطفل بقوة | زوجي ضرب البيبي | ضربته | ضربت ابني
  fr: j'ai secoué mon bébé | je l'ai secoué | mon mari a frappé le bébé | je l'ai secoué fort |
      mon copain a tapé le bébé
  bn: আমি বাচ্চাকে ঝাঁকিয়েছি | স্বামী বাচ্চাকে মেরেছে | ami bacchake merechi | আমি ওকে মেরেছি
  pt: eu sacudi o bebê | meu marido bateu no bebê | eu bati nela | o pai bateu nele
  ru: я тряс его | муж ударил ребенка | я встряхнула малыша | я встряхнула его | муж бьет ребенка
  de: ich habe ihn geschüttelt | mein mann hat das baby geschlagen | ich hab mein baby so fest geschüttelt |
      ich habe sie geschlagen | papa hat ihn geschüttelt
  tr: bebeği sarstım | eşim bebeğe vurdu | sertçe salladım | bebeğime vurdum
  id: saya mengguncang bayi | suami saya memukul bayi | bayi saya dipukul | aku memukul anakku
  uk: я трусила його | чоловік вдарив дитину | я струснула малюка | я вдарила його
may_harm
  en: I will hurt him | i might hurt her | i cant go on | i cant take it any more | I want to kill myself |
      im going to shake him | i cant do this anymore | i want to end my life | afraid i'll hurt the baby |
      im scared i will hurt him | i feel like throwing him | i want to throw him out the window |
      cant cope anymore | i want to die | thinking about suicide | i am going to lose it |
      i dont want to live anymore | i wish i were dead
  zh: 我受不了了 | 我会伤害宝宝 | 我想死 | 我不想活了 | 我快崩溃了
  hi: मैं मरना चाहती हूं | main isko maar dungi | अब बर्दाश्त नहीं होता | mai mar jana chahti hu
  es: no puedo más | voy a hacerle daño | quiero morirme | ya no aguanto más | tengo ganas de tirarla |
      ya no puedo con esto | quiero matarme
  ar: اخاف ان أؤذي طفلي | لم أعد احتمل | اريد ان اموت | ما عدت قادرة اتحمل
  fr: je n'en peux plus | j'en peux plus | je vais lui faire du mal | j'ai envie de le secouer | je veux mourir |
      j'ai envie de le jeter | je suis à bout
  bn: আমি আর পারছি না | আমি মরতে চাই | ami oke mere felbo | আত্মহত্যা করতে চাই
  pt: não aguento mais | vou machucar meu bebê | quero morrer | estou no meu limite | vou me matar
  ru: я больше не могу | я его убью | не хочу жить | боюсь что ударю ребенка | я сейчас его ударю | сил больше нет
  de: ich kann nicht mehr | ich will nicht mehr leben | ich tue ihm gleich was an | ich halte es nicht mehr aus |
      ich halt es nicht mehr aus | ich könnte ihn schütteln
  tr: artık dayanamıyorum | bebeğime zarar vereceğim | ölmek istiyorum | dayanamıyorum artık
  id: saya tidak kuat lagi | saya ingin mati | saya takut menyakiti bayi saya | aku mau bunuh diri
  uk: я більше не можу | не хочу жити | боюся що вдарю його | більше не витримую
swallowed
  en: he drank the oil | she swallowed a battery | he ate my pills | my baby swallowed a coin | drank bleach |
      SWALLOWED A BUTTON BATTERY | she drank washing liquid | swallowed a magnet | she ate a dishwasher tablet |
      he drank some bleach | drank nail polish remover | ate tide pod | he got into my pills
  zh: 孩子吞了电池 | 宝宝误食了药 | 喝了洗衣液 | 吃了老鼠药
  hi: बच्चे ने बैटरी निगल ली | usne phenyl pi liya | sikka nigal gaya
  es: se tragó una pila | bebió lejía | mi hijo se tomó unas pastillas | se tragó una moneda |
      se comió unas pastillas | tomó cloro
  ar: ابني بلع بطارية | شرب كلور | بلعت حبوب | شربت منظف
  fr: il a avalé une pile | elle a bu de la javel | il a mangé mes médicaments | avalé des médicaments |
      bu du produit vaisselle
  bn: বাচ্চা ব্যাটারি গিলে ফেলেছে | কেরোসিন খেয়ে ফেলেছে | coin gile feleche | ট্যাবলেট খেয়ে ফেলেছে
  pt: ele engoliu uma pilha | bebeu água sanitária | minha filha engoliu uma moeda | bebeu detergente
  ru: он проглотил батарейку | выпила уксус | съел мои таблетки | выпил моющее средство | наглоталась таблеток
  de: er hat eine batterie verschluckt | sie hat putzmittel getrunken | mein kind hat tabletten geschluckt |
      hat waschmittel gegessen | knopfzelle verschluckt
  tr: pil yuttu | çamaşır suyu içti | bozuk para yuttu | deterjan içti
  id: anak saya menelan baterai | dia minum pemutih | tertelan koin | minum minyak tanah
  uk: він проковтнув батарейку | випила оцет | з'їв таблетки | наковтався таблеток
grey
  en: his lips are grey | she has gone grey
  zh: 脸色发灰
  hi: chehra grey pad gaya
  es: está gris
  ar: وجهه رمادي
  fr: il est tout gris
  bn: ঠোঁট ধূসর
  pt: ele ficou cinza
  ru: он весь серый
  de: sie ist ganz grau
  tr: yüzü gri oldu
  id: bibirnya abu abu
  uk: вона вся сіра
very_pale
  en: he is white as a sheet
  zh: 脸色苍白
  hi: होंठ सफेद हो गए
  es: blanca como el papel
  ar: شاحب جدا
  fr: elle est blanche comme un linge
  bn: একদম ফ্যাকাশে
  pt: ele está branco como papel
  ru: она белая как мел
  de: er ist kreidebleich
  tr: kireç gibi
  id: pucat sekali
  uk: він білий як стіна
allergy
  en: her face is swelling | lips are swollen and hives everywhere
  zh: 嘴唇肿了
  hi: होंठ सूज गए
  es: se le hinchó la cara
  ar: شفايفه متورمة
  fr: ses lèvres gonflent
  bn: ঠোঁট ফুলে গেছে
  pt: o rosto está inchado
  ru: губы опухли
  de: die lippen sind geschwollen
  tr: dudakları şişti
  id: bibirnya bengkak
  uk: губи набрякли
bleeding
  en: it won't stop bleeding | blood everywhere
  zh: 血止不住
  hi: खून नहीं रुक रहा
  es: no para de sangrar
  ar: الدم لا يتوقف
  fr: il saigne beaucoup
  bn: রক্ত বন্ধ হচ্ছে না
  pt: não para de sangrar
  ru: кровь не останавливается
  de: es hört nicht auf zu bluten
  tr: kanama durmuyor
  id: darahnya tidak berhenti
  uk: кров не зупиняється
emergency_request
  en: this is an emergency | call an ambulance | help me | SOS | 112 | 911 | ambulance
  zh: 救命
  hi: एम्बुलेंस बुलाओ
  es: necesito una ambulancia
  ar: اريد الاسعاف
  fr: appelez le samu
  bn: অ্যাম্বুলেন্স লাগবে
  pt: chame uma ambulância
  ru: вызовите скорую
  de: ich brauche einen krankenwagen
  tr: ambulans çağırın
  id: tolong saya
  uk: викличте швидку
"""

# A denial, a question, an "if", the past, a thing instead of the child: one question too many is cheap.
ASKS = [
    ("is not blue", "blue"),
    ("blue blanket", "blue"),
    ("blue eyes", "blue"),
    ("his blanket is blue", "blue"),
    ("never turned blue", "blue"),
    ("when she is blue", "blue"),
    ("hands turned blue", "blue"),
    ("he turned blue at birth", "blue"),
    ("no fit", "fit"),
    ("not having a fit", "fit"),
    ("does the nappy fit", "fit"),
    ("how do I know if he has a fit", "fit"),
    ("she had a fit of giggles", "fit"),
    ("he had a fit", "fit"),
    ("a siezure", "fit"),
    ("isn't limp", "limp"),
    ("he walks with a limp", "limp"),
    ("my baby is floppy", "limp"),
    ("did not go under water", "under_water"),
    ("What if he stops breathing?", "breathing_stopped"),
    ("she has not stopped breathing", "breathing_stopped"),
    ("he is not crying, breathing is fine", "breathing_stopped"),
    ("he is not sick. Breathing is fine", "breathing_stopped"),
    ("she is unconscoius", "not_waking"),
    ("he does not wake up at night any more", "not_waking"),
    ("he is not choking", "choking"),
    ("is this a choking hazard", "choking"),
    ("I can't go on holiday", "may_harm"),
    ("I don't want to hurt her", "may_harm"),
    ("afraid of hurting him when I massage", "may_harm"),
    ("she shook her head", "shaken"),
    ("he swallowed his milk", "swallowed"),
    ("no se puso azul", "blue"),
    ("qué hago si se ahoga", "choking"),
    ("no tiene convulsiones", "fit"),
    ("não está convulsionando", "fit"),
    ("as mãos ficam roxas", "blue"),
    ("il ne convulse pas", "fit"),
    ("que faire s'il s'étouffe", "choking"),
    ("er krampft nicht", "fit"),
    ("was wenn er nicht atmet", "breathing_stopped"),
    ("blaue Decke", "blue"),
    ("у нее синие глаза", "blue"),
    ("если ребенок не дышит", "breathing_stopped"),
    ("не посинел", "blue"),
    ("якщо не дихає", "breathing_stopped"),
    ("没有抽搐", "fit"),
    ("如果宝宝没有呼吸怎么办", "breathing_stopped"),
    ("没有呼吸困难", "breathing_stopped"),
    ("दौरा नहीं पड़ा", "fit"),
    ("agar saans nahi le to kya kare", "breathing_stopped"),
    ("যদি শ্বাস না নেয়", "breathing_stopped"),
    ("খিঁচুনি হচ্ছে না", "fit"),
    ("لا يتشنج", "fit"),
    ("اذا اختنق ماذا افعل", "choking"),
    ("mavi battaniye", "blue"),
    ("tidak kejang", "fit"),
    ("kalau bayi tidak bernapas", "breathing_stopped"),
]

# What must never fire by itself, though it may ask.
NEVER_FIRES = """
he fell | he fell off the bed | blue blanket | her eyes are blue | his blanket is blue | the pram is blue |
she has blue eyes | does the nappy fit | the nappy does not fit well | her clothes don't fit any more |
shook his rattle | shook the bottle | she shook her head | he shook his toy | she keeps shaking her little hands |
shaken not stirred milk | I shook the formula powder | he was shaking his arms | I can't go on holiday |
can't go on facebook any more | we cannot go on the bus | is not blue | no fit | not having a fit | isn't limp |
never turned blue | did not go under water | he is not choking | she has never had a seizure |
What if he stops breathing? | what should I do if she turns blue | when she is blue |
how do I know if he has a fit | how do I know when a baby is choking | what happens if he swallows a battery |
signs of a seizure | can babies choke on milk | how to prevent choking | is this a choking hazard |
she had a fit of giggles | he had a fit two years ago | my sister had a seizure last year |
he turned blue at birth | he was not breathing when he was born | he walks with a limp | the app is not responding |
my phone is dead | the doctor is not responding | he doesn't wake up at night any more | I don't want to wake him |
do not wake the baby | he swallowed his milk too fast | she swallowed some air | he drank 90 ml of milk |
she took her medicine | I can't count his breathing | her breathing is normal | she is breathing fine |
he is not breathing fast | he breathes through his mouth because he can't breathe through his nose |
her hands are blue when she is cold | his feet turned purple in the cold | I would never hurt him |
I don't want to hurt her | will massage hurt him | does the bath hurt the baby | she hit her head | he hit his toy |
a ball hit him | I feel blue | I'm drowning in laundry | underwater massage | swimming in the pool |
how long under water at the baby swimming | 112 days | 36.8 | 3 weeks | 119 days old | breathing rate 45 |
her chin trembles when she cries | both hands shake when he is hungry | he stretches and goes stiff when pooing |
she sleeps well and feeds well | not sure | I am at work | it stops when I hold his arm | he cries a lot |
is she going to be fine | next | help | My baby is a bit floppy since birth | manta azul | la manta es azul |
tiene los ojos azules | no se puso azul | no tiene convulsiones | qué hago si se ahoga | cuando se pone morado |
no quiero hacerle daño | las manos se le ponen moradas con el frío | le pegó el sol | mueve la cabeza |
se tomó toda la leche | tomó su medicamento | el carro es azul | ele não ficou roxo | a manta é azul |
se ele engasgar o que faço | não está convulsionando | as mãos ficam roxas no frio | ele bateu a cabeça |
tomou o remédio | couverture bleue | il n'est pas bleu | il ne convulse pas | que faire s'il s'étouffe |
si elle ne respire plus que faire | les mains sont bleues | le pyjama est bleu | elle a les yeux bleus |
crise de larmes | il a secoué son hochet | il mange bien | j'ai peur de lui faire mal en le massant |
je craque pour ce bébé | blaue Decke | seine Augen sind blau | er krampft nicht | was wenn er nicht atmet |
sie ist nicht blau | sie schüttelt den Kopf | das baby hat sich geschüttelt | ich habe die flasche geschüttelt |
sie ist fit | er atmet nicht schnell | nachts wacht sie nicht auf | ich kann nicht mehr stillen | ich weiß nicht |
синее одеяло | у нее синие глаза | не посинел | судорог нет | нет судорог | что делать если ребенок не дышит |
а если он подавится | когда он задыхается | тряс погремушку | он трясет головой | его трясет |
не могу больше кормить грудью | он выпил всю смесь | ручки синие когда холодно | врач не отвечает |
в прошлом году были судороги | у нее подбородок дрожит | сине око | у неї сині очі | судом немає |
що робити якщо не дихає | не посиніла | руки сині | 蓝色的毯子 | 没有抽搐 | 宝宝的手发紫 | 如果宝宝没有呼吸怎么办 |
没有呼吸困难 | 有没有呼吸 | 用力摇奶瓶 | 宝宝喝了奶 | 宝宝的眼睛是蓝色的 | 下巴抖 | नीला कंबल | दौरा नहीं पड़ा |
अगर बच्चा सांस नहीं ले तो क्या करें | नीली आंखें | ठोड़ी कांपती है | daura nahi pada |
agar saans nahi le to kya kare | neela kambal | নীল কম্বল | যদি শ্বাস না নেয় | খিঁচুনি হচ্ছে না | হাত নীল |
বাচ্চা দুধ খেয়েছে | بطانية زرقاء | عيونه زرقاء | اذا اختنق ماذا افعل | لا يتشنج | لم يتحول الى ازرق |
يديه زرقاء من البرد | هز رأسه | غرق في النوم | عمره 112 يوم | mavi battaniye | gözleri mavi | nöbet geçirmiyor |
eğer nefes almıyorsa ne yapmalıyım | bebeği salladım uyudu | elleri morardı | selimut biru | matanya biru |
tidak kejang | kalau bayi tidak bernapas bagaimana | tangannya biru | tidak sesak napas | minum obat |
dagu bergetar | pijat bayi | she shook for 10 seconds and stopped when I held her hand |
his leg shook when I changed the nappy | my baby is shaking her legs | my baby shakes when I undress him |
he was shaking and then he slept | she trembles, her lips were pink |
her breathing stopped being noisy after the nose drops | the trembling stopped |
she stopped shaking when I held her | when I hold her she stops | he looks pale sometimes |
her hands are cold and a bit purple | he was choking on milk last month | he choked a little on milk but is fine |
she has a cold and can't breathe through her nose | no problems breathing | his breathing is a bit noisy at night |
we can't take the bus | I can't take a photo now | I can't take the temperature | I am tired but fine |
I can't sleep | I can't hold his leg | we drank tea | she drank all her formula |
I drank coffee while breastfeeding | I took pills in pregnancy | I took iron tablets | she is on vitamin d drops |
she ate well | she has swallowed some bath water | he likes being under the shower | he likes water |
we go to baby swimming | the pool is warm | we fell asleep | he hit his head yesterday | he fell and hit the floor |
his brother hit him with a toy | the door hit her foot | her dad shakes the bottle | dad shook the bottle well |
her eyes roll when she falls asleep | a doctor said it is not a fit | the doctor excluded seizures |
does it look like a seizure | is it a seizure or normal trembling? | can this be a fit | could it be a seizure |
is trembling a sign of a seizure | my mother has epilepsy | he had febrile seizures last year |
is he having a growth spurt | he is fit and well | she fits into size 62 | he is going to be fine |
will it hurt her | does holding the leg hurt him | it doesn't hurt her | the vaccine hurt her |
I want to massage him | I want to know if this is normal | I want to stop | I don't want to go on | go on |
help me with the massage | help me find the diary | can you help me please with the exercises |
please help me understand | what is the ambulance number | when should I call an ambulance | 12.11.2026 |
born 10.10.2026 at 38 weeks | Emma | limp | I feel limp | the limp went away | grey eyes | the sky is grey |
she wears a white dress | her tongue is white from milk | her poo is white | blood test was normal |
there was a bit of blood in the stool | he has an allergy to milk | she woke up and cried | he woke up twice |
she wakes up easily | not waking at night is nice | I can't wake up in the morning | no reaction to the vaccine |
he reacts to sound | she is not reacting to the vaccine | nobody answers the phone | my doctor does not answer |
the baby is not answering questions yet | le tiembla la barbilla | tiembla cuando llora | no tiene fiebre |
respira bien | está respirando normal | no respira rápido | come bien y duerme bien | está despierta |
se despierta por la noche | no quiero molestar | me ayudas con el masaje | se cae la baba | el treme o queixo |
respira normal | ele mamou e dormiu | acordou agora | ela está bem | vou dar banho | quero fazer massagem nela |
posso fazer massagem nele | elle tremble du menton | il respire normalement | il ne respire pas vite |
elle dort bien | il se réveille la nuit | je veux lui faire un massage | est-ce que ça lui fait mal |
je peux lui faire un massage | il tremble quand il a froid | das kinn zittert | sie atmet ruhig | er schläft viel |
ich möchte ihn massieren | kann ich ihm weh tun | tut ihm die massage weh | er hat sich erschreckt |
die hände zittern | ich weiß es nicht genau | er hat kein fieber | подбородок дрожит когда плачет |
дышит нормально | хорошо ест | не спит ночью | просыпается ночью | можно ли ему сделать массаж |
хочу сделать ему массаж | он не может уснуть | я не могу уснуть | не могу измерить температуру |
его трясет когда плачет | трясется подбородок | трясутся ручки | у нее трясутся ручки |
она испугалась и вздрогнула | губы розовые | температура 36,6 | 下巴抖动 | 宝宝哭的时候手抖 | 呼吸正常 | 睡得很好 |
想给宝宝做抚触 | 宝宝打针了 | 打了疫苗 | 吃了药 | 喝奶正常 | 我想知道是不是正常 | ठोड़ी कांपती है जब रोता है |
सांस ठीक है | दूध पी रहा है | मालिश करना है | थर थर कांपता है | haath kaanpte hai | saans normal hai | থুতনি কাঁপে |
শ্বাস স্বাভাবিক | দুধ খায় | ذقنه يرتجف لما يبكي | تنفسه طبيعي | يرضع جيدا | هل التدليك يؤذيه | çenesi titriyor |
nefesi normal | iyi emiyor | masaj ona zarar verir mi | dagunya gemetar | napasnya normal | minum susu dengan baik |
підборіддя тремтить | дихає нормально | їсть добре
"""

QUIET = [
    "he fell", "he fell off the bed", "shook his rattle", "shook the bottle", "shaken not stirred milk", "36.8", "112 days",
    "3 weeks", "her chin trembles when she cries", "both hands shake when he is hungry", "no", "help", "next", "",
    "he drank 90 ml of milk", "she is breathing fine", "will massage hurt him", "у нее дышит спокойно", "下巴抖",
]  # fmt: skip


def table(text: str) -> dict[str, dict[str, list[str]]]:
    """Read a table of signs, languages and texts."""
    found: dict[str, dict[str, list[str]]] = {}
    sign = language = ""
    for line in text.strip().splitlines():
        if not line.startswith(" "):
            sign = line
            found[sign] = {}
            continue
        if named := re.match(r"  (\w+): ", line):
            language = named[1]
        found[sign].setdefault(language, []).extend(between_bars(line[named.end() if named else 0 :]))
    return found


def between_bars(text: str) -> list[str]:
    return [piece.strip() for piece in text.replace("\n", " ").split("|") if piece.strip()]


FIRES = table(FIRES_AT_ONCE)
HARMLESS = between_bars(NEVER_FIRES)


def certain(text: str) -> set[str]:
    return {heard.sign for heard in WORDS.hear_all(text) if heard.certain}


def unaccented(text: str) -> str:
    """What a hurried thumb makes of it: no accents (where a letter without one is still that letter), no apostrophes."""
    parts = unicodedata.normalize("NFD", text)
    kept = [
        sign
        for at, sign in enumerate(parts)
        if not ("\u0300" <= sign <= "\u036f" and parts[at - 1] not in "иі") and sign not in "'’"
    ]
    return unicodedata.normalize("NFC", "".join(kept))


MANNERS: dict[str, Callable[[str], str]] = {
    "as written": lambda text: text,
    "shouted": lambda text: text.upper() + "!!!",
    "without accents and apostrophes": unaccented,
    "in the middle of others": lambda text: f"what do i do,{text} help please",
}


def spoken(sign: str, lists: str = "phrases") -> list[tuple[str, str]]:
    """Every line of one sign, with its language."""
    return [
        (language, line)
        for language, entry in DATA["languages"].items()
        for line in entry["signs"].get(sign, {}).get(lists, [])
    ]


@pytest.mark.parametrize(
    ("sign", "text"),
    [
        (sign, text)
        for sign, languages in FIRES.items()
        if sign != EMERGENCY_REQUEST
        for texts in languages.values()
        for text in texts
    ],
)
def test_fires_at_once_however_it_is_typed(sign: str, text: str) -> None:
    for manner, typed in MANNERS.items():
        assert sign in certain(typed(text)), manner


@pytest.mark.parametrize("text", [text for texts in FIRES[EMERGENCY_REQUEST].values() for text in texts])
def test_a_cry_for_help_opens_the_emergency_card(text: str) -> None:
    for typed in (text, text.upper(), f"  {text}!!! "):
        heard = WORDS.hear(typed)
        assert heard is not None
        assert (heard.sign, heard.certain, dict(heard.sets)) == (EMERGENCY_REQUEST, True, {})


@pytest.mark.parametrize("sign", LIFE_THREATENING)
def test_every_danger_is_tried_in_every_language_and_in_120_ways(sign: str) -> None:
    assert set(FIRES[sign]) == set(DATA["languages"])
    assert sum(map(len, FIRES[sign].values())) * len(MANNERS) >= 120


@pytest.mark.parametrize(("text", "sign"), ASKS)
def test_asks_once_instead_of_firing_or_passing_over(text: str, sign: str) -> None:
    heard = {found.sign: found.certain for found in WORDS.hear_all(text)}
    assert heard.get(sign) is False


@pytest.mark.parametrize("text", HARMLESS)
def test_never_fires_on_harmless_words(text: str) -> None:
    for typed in (text, text.upper(), text.replace("'", "")):
        assert certain(typed) == set()


def test_enough_harmless_texts_are_tried() -> None:
    assert len(HARMLESS) >= 350


@pytest.mark.parametrize("text", QUIET)
def test_stays_quiet(text: str) -> None:
    assert WORDS.hear(text) is None


@pytest.mark.parametrize(
    ("text", "sets"),
    [
        ("he is not breathing help", {"breathing": "stopped"}),  # case V149
        ("My son is 5 years old and has a fit right now", {"suspected_fit": "yes"}),  # case V151
        ("no respira", {"breathing": "stopped"}),  # case V251
        ("she slipped under in the bath, coughed a lot, now breathes but is sleepy", {"under_water": "yes"}),  # V160
    ],
)
def test_the_clinical_cases_are_heard(text: str, sets: dict[str, str]) -> None:
    heard = WORDS.hear(text)
    assert heard is not None
    assert heard.certain
    assert dict(heard.sets) == sets


def test_the_most_dangerous_comes_first() -> None:
    signs = [heard.sign for heard in WORDS.hear_all("she swallowed a battery, is blue and is not breathing")]
    assert signs == ["breathing_stopped", "blue", "swallowed"]


def test_phrases_come_before_words() -> None:
    first, second = WORDS.hear_all("blue? he went limp")
    assert (first.sign, first.certain) == ("limp", True)
    assert (second.sign, second.certain) == ("blue", False)


def test_a_firing_phrase_wins_over_a_doubtful_one_of_the_same_sign() -> None:
    assert certain("his hands are blue. his lips are blue") == {"blue"}


def test_what_the_parent_wrote_between_is_not_handed_on() -> None:
    heard = WORDS.hear("is Anna not even properly BREATHING")
    assert heard is not None
    assert heard.matched == "not … breathing"


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("a SEIZURE?", "seizure"),
        ("no respira", "no respira"),
        ("convulsion", "convulsion"),
        ("蓝色的毯子", "蓝色"),
        ("посинел", "посинел"),
    ],
)
def test_matched_is_in_the_spelling_of_the_list(text: str, matched: str) -> None:
    heard = WORDS.hear(text)
    assert heard is not None
    assert heard.matched == matched


@pytest.mark.parametrize("text", ["twins", "The twins both tremble", "my two babies", "both babies cry"])
def test_two_children_are_noticed(text: str) -> None:
    assert WORDS.speaks_of_two_children(text)


def test_one_child_is_one_child() -> None:
    assert not WORDS.speaks_of_two_children("my baby trembles on both sides")


# The list itself.


@pytest.mark.parametrize("language", DATA["languages"])
def test_no_language_has_been_read_by_a_native_speaker_yet(language: str) -> None:
    assert DATA["languages"][language]["reviewed"] == "no"


@pytest.mark.parametrize("sign", LIFE_THREATENING)
def test_every_danger_has_phrases_in_every_language(sign: str) -> None:
    for language, entry in DATA["languages"].items():
        ways = {
            wording
            for line in entry["signs"][sign]["phrases"]
            for wording in islice(wordings(read_phrase(line, entry.get("groups", {}))), 20)
        }
        assert len(ways) >= (6 if language == "en" else 4), language


@pytest.mark.parametrize("sign", DATA["signs"])
def test_every_phrase_fires_and_every_word_is_heard(sign: str) -> None:
    """Guards against an `unsure` line or a softener that silently takes the force out of a phrase."""
    for language, line in spoken(sign):
        ways = islice(wordings(read_phrase(line, DATA["languages"][language].get("groups", {}))), 40)
        assert any(sign in certain(" ".join(way)) for way in ways), (language, line)
    for language, line in spoken(sign, "words"):
        ways = islice(wordings(read_phrase(line, DATA["languages"][language].get("groups", {}))), 3)
        assert any(sign == heard.sign for way in ways for heard in WORDS.hear_all(" ".join(way))), (language, line)


def test_signs_set_facts_that_exist() -> None:
    known = {name: entry for group in FACTS.values() if isinstance(group, dict) for name, entry in group.items()}
    for sign, entry in DATA["signs"].items():
        for fact, value in entry.get("sets", {}).items():
            options = known[fact].get("options", ["yes", "no"])
            assert value in options, sign


# Any text at all.

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=[]), max_size=300)
BITS = st.lists(
    st.sampled_from(
        [
            "not",
            "breathing",
            "blue",
            "if",
            "is",
            "не",
            "дышит",
            "no",
            "respira",
            "没",
            "呼吸",
            ".",
            ",",
            "\n",
            "...",
            "’",
            "\u0301",
            "🆘",
        ]
    ),
    max_size=40,
)
AROUND = st.lists(
    st.sampled_from(
        [
            "please",
            "help",
            "now",
            "omg",
            "tonight",
            "mama",
            "hello",
            "ayuda",
            "помогите",
            "hilfe",
            "बच्चा",
            "宝宝",
            "طفلي",
        ]
    ),
    max_size=8,
)
PHRASES_THAT_FIRE = [
    (sign, text)
    for sign, languages in FIRES.items()
    if sign != EMERGENCY_REQUEST
    for texts in languages.values()
    for text in texts
]


@given(ANY_TEXT)
def test_no_text_is_too_strange(text: str) -> None:
    for heard in WORDS.hear_all(text):
        assert isinstance(heard, Heard)


@given(BITS, st.booleans())
def test_no_mixture_is_too_strange(bits: list[str], spaced: bool) -> None:
    WORDS.hear((" " if spaced else "").join(bits))


@given(AROUND, st.sampled_from(PHRASES_THAT_FIRE), AROUND, st.sampled_from([" ", ", ", ". ", "\n"]))
def test_other_words_around_it_silence_nothing(
    before: list[str], fires: tuple[str, str], after: list[str], gap: str
) -> None:
    sign, text = fires
    assert sign in certain(gap.join([*before, text, *after]))


def test_the_longest_message_is_read_to_its_end() -> None:
    assert certain("she slept well and took her bottle " * 115 + "not breathing") == {"breathing_stopped"}


# Mistakes in the file.

GOOD: dict[str, Any] = {
    "signs": {"blue": {"sets": {"colour": "blue"}}},
    "languages": {"en": {"name": "English", "reviewed": "no", "signs": {"blue": {"phrases": ["is blue"]}}}},
}


def changed(path: str, value: Any) -> dict[str, Any]:
    """GOOD with one value changed; a dot goes one step further in."""

    def copy(node: Any, steps: list[str]) -> Any:
        return value if not steps else {**node, steps[0]: copy(node.get(steps[0], {}), steps[1:])}

    result = copy(GOOD, path.split("."))
    assert isinstance(result, dict)
    return result


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("languages.en.signs.blu", {}, "languages.en.signs.blu: there is no such entry. Did you mean 'blue'?"),
        ("languages.en.signs.blue.phrase", [], "languages.en.signs.blue.phrase: there is no such entry. Did you mean 'phrases'?"),
        ("languages.en.signs.blue.phrases", "is blue", "languages.en.signs.blue.phrases: should be a list (lines that begin with '-'), not 'is blue'."),
        ("languages.en.signs.blue.phrases", ["is blue", ""], "languages.en.signs.blue.phrases, entry 2: should be a text, not nothing."),
        ("languages.en.signs.blue.phrases", [True], "languages.en.signs.blue.phrases, entry 1: should be a text, not True."),
        ("languages.en.signs.blue.phrases", ["is <color>"], "languages.en.signs.blue.phrases, line 1: 'is <color>': there is no group 'color'."),
        ("languages.en.signs.blue.phrases", ["is ..."], "languages.en.signs.blue.phrases, line 1: 'is ...': '...' must stand between two words."),
        ("languages.en.signs.blue.phrases", ["(is)"], "languages.en.signs.blue.phrases, line 1: '(is)': a phrase needs a word that is not in brackets."),
        ("languages.en.signs.blue.phrases", ["is |blue"], "languages.en.signs.blue.phrases, line 1: 'is |blue': a place without a word."),
        ("languages.en.reviewed", False, "languages.en.reviewed: should be a text, not False."),
        ("languages.en.reviewed", "soon", "languages.en.reviewed: should be yes or no."),
        ("languages.en.reach", "far", "languages.en.reach: should be a number of words, not 'far'."),
        ("languages.en.softeners", {"befor": []}, "languages.en.softeners.befor: there is no such entry. Did you mean 'before'?"),
        ("signs.blue.sets", {"colour": ""}, "signs.blue.sets.colour: should be a text, not nothing."),
        ("signs", {}, "signs: there are none."),
        ("languages", {}, "languages: there are none."),
        ("languages.en.signs", {True: {}}, "languages.en.signs: the name True is not text. Put it in quotes: \"True\"."),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(path: str, value: Any, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        EmergencyWords.from_mapping(changed(path, value))
