/**
 * Stems of which no word is a noun or an adjective first of all: verbs, adverbs and words of grammar. They say little of what a company does,
 * so other words are shown before them. Derived from the lexicon of the part-of-speech tagger of the library natural (pos-js), which is
 * too large to be loaded for it; test/matching/text/verbs-and-adverbs.test.ts compares the two.
 */
const STEMS = new Set(
  `
ab aback abdic aber aberrantli abet abhor abjectli abli aboard abolish aborn abound about abov abreast abroad abrog abruptli absentia
absentmindedli absolv absorbedth abstain abstractli absurdli abundantli acced acclimat accompnai accordingli accost accru accusingli
accustom acidifi acidli acknowleg acquit across adamantli add addition adduc adieu adjoin adjudg administ admiringli admit admittedli
admix adrift adroitli adsorb advisedli aeterna aeternitati afar affectingli affi affianc affix afield afir afloat afoot afoul afresh after
afterward aftuh again against agayn aggrand aggrav aggriev agin aglimm ago agre agricol agricola agriculteur aground ah ahdawam ahead ahem
aikido aimlessli airili ajar aku ala alai alarmingli albeit alertli alik all allai allegedli allgedli allud almost aloft along alongsid
alor aloud alreadeh alreadi also altho although altogeth alwai amazingli ambl amici amidst amigo amok among amongst amour ampli amusedli
amusingli and anew angrili anne annoint annot annul annunci anoint anomi anoth ansuh antagonis anti anxious anyhow anymor anyplac anytim
anywai anywher apac apar apiec appallingli apparatchik appearin append applaud appli apport appraisingli apprehend apprent appris
approvingli aptli aquam ar arak arbitrarili archaiz argu arguabl aris arisen aros around arraign arrogantli artfulli ascrib ashor ask
askanc askew askin asleep assertedli assuag assum assuredli astonishingli astoundingli astrai astrid asund at atop att attest attun audivi
auf augen augment augur aux avant aver avert avidli avowedli awai await awaken away awfulli awhil awkwardli awok awri babbino backdat
backfir backflip backped backslap backstag bade badger badli baguett bail balk bam bamboozl bandi bankhold bankrol bannnnnng baptiz bargen
bascial bask bawl bearishli beaten beautifi beautifulli becam becas becaus beckon becom becometh becomin bedevil beefor been befal
befallen befel befit befoh befor beforehand befoul befriend befuddl beg began begat beget begot begotten begrudg begun behahn behav beheld
behind behoov behynd bein being bel belabor belatedli beli believeth below bemadden bemoan beneath bent bequeath berat beseech beseig
beset besid besmirch bespeak bestir besuboru bethought betid betrai between bevor bewail bewar bewild bewilderedli bewilderingli bewitch
bewteen beyond bide bien bijouteri bilk biosynthes bitingli bitten bitterli biwa blab blackbal blame blandli blare blatantli blazon
bleakli bled blest blew blindli blindsid blissfulli bloodlet bloodsuck blown bludgeon bluf bluntest bluntli boastfulli bob bode bog boggl
boil boldli bolognais bolster bon bona bono boobifi boodleoo boringli born botch bother bouanahsha bought bounc boycot brag brah
brainlessli brais brandish brawel brazenli breakin breathlessli bred brightli brilliantli bring briskli bristl broach broaden broadli brok
broke broken brokenli brooken brought browbeat browbeaten brows bruddah bruit brusqu bryng budg buf buildin built bullishli bumpin bungl
burbl burgeon buri burnish burnt burp bushwhack busili bustin bye bying bypass cachexia cackl cackli cadg cain cajol calcifi call callin
calmli came candidli cannot canto captur careen carefulli carelessli carn caro carp carri carven catalyz catapult catch catche cathedra
caught cauter cavin cavort caw ceas ceaselessli cede certainli certifi chaf chafe chambr chandel chanson chanter chantier chargin
charmingli chasten chatt chattili cheapen cheapli checkin cheerfulli cherish chevaux chicli chide chiefli chien childbear childishli
chillingli chime chimiqu chink chintz chirp chivi choke choos chortl chose chosen chousin christian chuf churn cinq circa circumspectli
circumv cite cito citrat clairaudi clamber clank clarifi clasp clearli cleav cleverli cliffhang climb cling clink clobber clockwis clog
clomp clumsili clung coagul coarsen cobbl codetermin codifi coerc coextrud cogent coili coldli coll collid collim collonad collud
comandancia cometh comin commawnd comming commingl commiser commodit commonli compactli compellingli compleat compli comprehend compris
conced concededli conclud concomitantli concur condon confound confrer congeal conjoin conpir conquer conquet consid considerin consign
consis consort constantli constrain constru cont contempor contender contentedli continuingli contradictorili contraven contribu convei
converg convincingli coo cooli coolli copious cordon corpori correctli correspondingli corrobor corrod corteggiamento cosili cosponsor
coudn could counteract counterbal counterbalanc counterchalleng countersu courant coureur courteous coutur covertli cower coyli crazili
creasingli creat creep crept cring crispli crisscross cristata croakin crochet croon crosswai crosswis crucifi cruelli cu cuddl cull culpa
cunningli curdl curia curious curri curtli curtsei curvac customarili dab dabbl daintili dalli dammit damnit dan dandili dangl danseur
darken darkli datelin daub dawdl dazzlingli deaden deafen dealt dearli deathward debug decaffein decamp decant deceiv decertifi decid
decidedli deciph decisi declaim declassifi decod decommiss decort decri decrib deduc deem deepen deepli defac defec defi defiantli defil
deflect defocus defrai defraud deftli defund defus degass deglycerol dehuman dehumanis dehumidifi deign deja dejectedli dejeun delenda
delicti delicto delightfulli delimit deliri deliv delivr delous delv demandingli demilitar demobil demographiqu demolish demonet deni
denomination denot denounc denuclear denud denyin deploi depos depressingli deput dera derid describ desensit desist despairingli despis
despit despu dessier destabil destroi desynchron detain determ determinedli dethron detoxifi detract detrib deuter deux devastatingli
devis devotedli devour devoutli dewat deworm di dialyz diametr diapiac dicat dicendi diclos did diddl didn die diem difficil dig dignifi
diminish dimli dimmer direction directli disabus disappointingli disapprovingli disarmingli disarrang disassoci disavow disband disbeliev
disburden discard disclos discolor disconcertingli disconnect discordantli discov discreetli disdainfulli disembark disench disentangl
disfigur disguis dishonestli dishonour disint disjoint dislodg dismantl dismemb dismount disobei disori disown dispel displeas disprov
disqualifi disrob dissembl dissip dissolv dissuad distantli distastefulli distinctli distractedli distressingli disturbingli disunit dite
divert divulg divvi dizzili doan dodg dof doggedli doi doin dolc domi dominantli don done dost dote doth doubli doubtfulli doubtingli
doubtless doubtlessli dourli dous dovetail downhil downplai downright downsiz downstream downwind doze dragoon drahv drank drawin drawn
dreadfulli dreamlessli dreamt drearier dredg drew driftin driven drool droop drope drows drowsili drunck drunkenli druther dryin dryli
dthat dub dubious duce dug duli dulli dump duopoli dupe dure dustin dutifulli dwelt dwindl dy each eagerli earlier earmark earnestli eas
easili eastward eaten eb edgewis eerili effac effecting effloresc effortlessli eg ein either ejacul ek elaps electriqu elegantli elicit
elid elop els elsewher elud emaci embark embarrassingli embed embellish embitt emblazon embolden emboss embrac embroid embroil emer emit
empath emphatic emploi empow enabl encapsul encas enchain enchantingli enciph encircl enclos encompass encouragingli encrust encrypt
encumb endang endlessli enduringli energ enfant enflam engagingli engend engulf enjoi enjoin enlargd enliven enmesh ennumer enough enquet
enquir enraptur enrout ensconc enshrin enshroud ensnar ensnarl ensu ensur entail enter enterprisingli enterteyn enthron enthus enticingli
entomb entreat entrust entwin envenom envious envis envisag equidistantli equilibr er ern erod eromonga err eschew especi esprit ess est
establsh et etc evenli eventfulli eventshahleh evenut ever everi everlastingli evermount everywher evict evidenc evinc eviscer evok evolv
exactli examinin exasperatingli exce exceed exceedingli exception excitedli exclaim exclud excommun excorci excori excrutiatingli
exemplifi exhal exhaustingli exlud exorcis expeci expectantli expectedli expel experienc expertli explain explicitli explictli explod
expos expound expressli extempor extenu extirp extol extraordinarili extravagantli extremi extric exuberantli exud exultantli eyd faciunt
facto faier faim faintli fairli faithfulli fallen falsifi falter famil familiarli famous fancifulli fantas far farther fascinatingli
faster fastighet fatten faultlessli fauteuil faux faze fearfulli fearlessli feebli fell felt femm fend fer ferret fester festivu festoon
fetch fetchingli fetter feverishli ffreind fich fide fidget fifteenfold figger fightin filch fild fillet finetun firma firmli firmwid
firsthand fishin fitfulli fizz fizzl flagrantli flai flamboyantli flatli flatten flatteringli flaunt fled fledg flee flew fli flinch
flippantli flirt flit flng float flog flounc flounder floutingli flown flub fluentli flung flunk fluster fly focus focuss foh foist
followeth foment fondl fondli foolishli for forbad forbid forbidden forbor forborn forcefulli forcibl foreclos foreknown foresaw foreseen
foreshadow foreshorten forestal foretel forev forgav forgiven forgo forgot forgotten forisqu forlornli forma formerli forsak forsaken
forswear forswor forth forthrightli forthwith fortifi fortiori foster fought foulli fourfold fragmentarili franca frankli frau frazzl
freakishli freed freeli frenziedli freshen freshli fret friendlili frighteningli frightfulli frise frolick from frothier frown frowningli
froze frozen fruitfulli fruitlessli frustratingli fulful fulli fumper furious furl furthermor fussili gaili galbula gape garbl gard garner
garrot gasconad gaspingli gave gee geer gentli gentrifi gesticul get gether gettin ghazal ghilianii gim gingerli ginnin gird girlishli git
give giveth givin gladli glaringli glasnost glean gleefulli gleen glibli glide gloat glom gloomili glorifi glorious gloss glower glu
glumli gnash godamit goddamit goddammit goe goin goldband golli gon gone gonn gonna goof gore gorgeous gosaimasu gosh got gotta gotten
goug goutt gouvern governmentset grabbin gracefulli gracious grandli grappl grasp grata gratefulli gratifyingli gratingli graunt graze
grazin greatli greedili greenli grevousely grew griev grimli grimmer grok grope grossli grous grovel grow grown grudgingli grumbl grunt
gruond guardedli gush gussi gweilo ha habe had hadd haec hafta haggardli haint halfheartedli halfwai haltingli hamper hamstr hamstring
handcraft handcuf handili handpick hang hangin hanker hankerin haol haphazardli happili hardli hark harmlessli harri harshen harshli
hasten hastili hath haughtili hauntingli haut havin haw headlong healthili heard hearest heartili heartwarmingli heatedli heavili heckl
heed heelsth hei heighten held hello helpfulli helplessli henc henceforth here hereaft herebi herein hereinaft heretofor hereunto herewith
herniat herself hesitantli hesitatingli heut hev hevin hew hewn hi hibern hid hidden hideous highli highlight hightail him hinder hir hire
hisself hither hitherto hmmm hobbl hobnob hoc holdin holler holor homeward homolog hone honestli honk hoodl hoodwink hopefulli hopelessli
hor horrifyingli hotli hove hover hoverin how howdi howev howsomev hubba huf huh humanli humiliatingli humli hung hungrili hunker hurl
hurriedli hurt hurtl huskili hustl hy hydrolyz hym hypophysectomis hytt idli illicitli imbed imbib imbru imbu immobil impal imped
imperfectli imperil imping impli implicitli implor importantli impos improperli impugn inasmuch inbreed incessantli inclos includ include
incorrectli increasingli incrimin inde indemnifi indignantli indirectli indiscriminantli indors indwel ineptli infinitum infra injur
inlaid inland inscrib insofar insomma inspiration instantli instead institution intention interbreed interced interess interestingli
interf interject interlac interlink interlock intermesh intermingl intermix interpos interspers intertwin interven interweav interwoven
into intramuscularli intriguingli introduc introvert inur inveigh inveigl invok involuntarili inwardli ioniz ipso iris irk irregularli
irrespect irretriev ist it italic itch itself iuvabit jack jaggedli jangl jarringli jauntili jealous jell jeopard jettison jeun jiggl jilt
jimmi jist jive jocularli joie join jointli jokingli jonron jostl jour joyfulli joyous jua jubilantli juggl jure jurisprudenti justli jut
juxtapos kaffeeklatsch kali kanji karaok kava kayo keddah keenli keep kein kept kerygma khan khaneh killin kimchi kimono kimpap kinda
kindl kisha knead kneel knelt knew knit knock knoe know knoweth knowingli koan kotowaza kowtow kwon lacheln lag lahk lai laid lain lak lam
lambast lampoon lana lang languish lanzador lascivi lastli laud laughingli lavishli lawfulli laze lazili le leapfrog leapt learn leaven
leavin led leer left leitmotiv lengthen lengthier lengthili lengthwis lent lest let lettin lewdli lex li lick lie lifesav lift lighten
lightheartedli lightli liken likewis limpli linearli linger lingua lioniz liquefi lisp listeria listlessli lit livr loadin lob loco loll
longer longstrain look loom loosen lopsidedli lose lost loudli lous lovingli lucidli luckili lui lure lurk lustili lutihaw ly lyke lynch
lyophil machikin macroscop maddeningli made madli magisteri magnifi mah maht mai mainli maku maling manhandl manicur manifestli manumit
mar marcato mari markedli marketwis markka masterfulli match matin matricul matryoshka maul may maya mayb mayst mea meander meanin
meaningfulli meanli meant meanwhil mechanochem mecum meddl medicinali mee meekli mei meld melt mem meme meminiss mend mention mercifulli
mercilessli merg merrili merveilleux mesmer messieur met metamorphos mete midmonth midwai mif might mighta mightili mildli militantli
militarili mimick minc mingl minifi minin minu mio misalloc misappli misbehav miscarri misclassifi misconstru misfir misgaug mishandl misl
mislaid misleadingli misnam misperc mispric misrel misrepres misrout miss misspel misspent mistaken mistakenli mistook misunderstood miter
miuchi moan mockingli modestli modu moi molecularli molest mollifi molt momentarili mon mond monocytogen montgolfier moo moodili moreov
morgen mosei most mostli mot mottl moulder mournfulli movingli mow mu muf mujahideen mull multihul multipli multiprong multitask mummifi
munch murkili musta muster myn myne myself mystifi nab naczelnik nai nakedli narcissist narcotraficant nari narrowli natch nattili nauseat
nawt naysai nearli nearsightedli neater neatli necessarili necessit needlessli neig nein neither neoplasia nerli nettl never nevertheless
newli newsweekli ngandlu nibbl nick nigh nilli nix nobli noisili nolen noll nolo nomenklatura non nondescriptli nonetheless nonoper
nonqualifi nonrecur nonthreaten nor north northward northwest nosediv not notar notifi nott notwithstand nou nouveaux novo now nowadai
nowher nucleat nudg numbingli nuper nuzzl nyet obei objet obligingli obtrud obviat occlud occupi occur och oddli oeuf off offhandedli
officio offsaddl offset offstag oft often oftentim ogl oink ok olim omit omnia onc onct oneself onleh onli onscreen onto onward ooh oop
openend openli operation opin oppos opppos opt optimo oratio ordain ordinarili ordo organis organization orgin ornraier osf ossifi
otherwis ought oughta oui our ourselv oust outbid outclass outcuss outdid outdistanc outdo outdon outdrew outfac outflank outfli outfox
outgain outgener outgrew outgrip outgrow outgrown outguess outlandishli outlast outleap outliv outmaneuv outmatch outnumb outpac
outperform outplai outrank outrun outscor outsel outshin outslug outsmart outsold outspend outspread outstandingli outstretch outta
outward outwardli outweigh outwit overarch overarm overbid overboard overborrow overbought overburden overcam overcollater overcom
overcommit overcook overdo overdon overdraw overdriv overeat overemphas overenforc overexcit overexercis overexpos overextend overfe
overfil overgrown overh overhear overheard overheat overindulg overinvest overlaid overland overlook overmed overpai overpaid overpl
overplai overpr overpurchas overr overran overreach overrend overrid overridden overrod overrul oversatur oversaw overse overseen
overshadow overshoot overshot oversimplifi oversold overst overstaff overstai overstep overstretch oversubscrib overtak overtaken
overtakin overthrow overthrown overtli overtook overturn overvalu overwhelmingli overwork ownself oxidis pa pacem pagin pai paid paie
painfulli painlessli painstakingli paleontolog panick papier paralyz parboil parch parenthet parenti parlai parri pars partak particularli
partli partook patria pavian pax peacefulli peccavi peculiarli peddl pediment peed peel pend peptiz per perceiv perchanc perestroika
perfectli perforc perfunctorili perhap perinat permeat permit perpendicularli persev personifi pertain pervad pester peter pfffted philand
piecem piecewis pierc pillag pillori pinion pinkli piousli pip piss pitifulli pitilessli pityingli placat plai plainli plat playfulli
playin pleadingli pleasantli pleasin pleasingli pli plod plop plough plu pluck plummet plunk ply poach poetiz poignantli pointedli poivr
pokeneu politic politiqu poltic pomad poorli popularli portant portend portrai pose pounc pour powerfulli prai pratakku prayerfulli
preapprov prearrang preceed preclud precook predestin predetermin predigest predispos predominantli preempt preen prefabr prefuh prefund
preisol prejud prejudg preliminarili preoccupi prepackag prepai preponderantli preprepar prerecord presag presto presum presuppos pretend
prettili prevail prevayl previous pri primarili primarli primli primp prior priori probli proclaim prod producin professedli proffer
profoundli promptli pronto proofread propagand properli prophes prophesi propound props prorata proscrib proselyt pross protrud prouder
proudli provdi prove provok publicli pucker puf pull pulver punnish pupat pur purl purloin purportedli purposefulli purr pursu push putain
qua quadrupl quail quaintli qualifi quam quantifi quarantin quash que queasili questioningli qui quibbl quibusdam quicken quickli quid
quietli quintupl quit quizz quo quok raddl rais raison rakishli ram ran randomli rankl ransack rant rapidli rarefi rata ratchet rather
raucous raze reach reacquaint reacquir react readapt readili readmit realismo realli realloc reap reappoint reapport reassembl reassert
reassum reassuringli reattach reawaken rebal rebalanc reborn rebuf rebuilt rebuk rebut recal recaptur recast reced recentr rechart recheck
rechristen recklessli reclaim reclassifi recoat recogn recognis recomm recond reconnect reconnoit reconsid reconstitut reconven reconvert
recoon recopi recork recount recoup recov recraft rectlinearli recur redden reded redeemd redeemin redefin redeliv redeploi redial
rediscov redistrict redlin redo redoubl redound redraw redress reek reemerg reemphas reenact reenter reestablish referrin refight refit
reflexli refocu refold refrain refreshingli refurnish refut regain regardless regi regret regularli regum regurgit reignit reimpos
reincarcer reincarn reincorpor reindict reinstal reintegr reintroduc reinvent reipublica rejigg rejoic rejoin rekindl relabel relai
relaunch relearn releg relent relentlessli reli relinquish reload reluctantli relyr remad remain remand rememb remit remodel remold
remonstr remount renam renation rend reneg renounc reoffer reopen repackag repai repaid repass repeatedli rephras replant replast repond
reportedli reprimand reprocess reprovingli reputedli requalifi requst reread rerout rescind reseal resew reshap resift resignedli resold
resolv resonantli resourcefulli respectfulli restaf restag restlessli restock restrain restyl resublim resubmit resum resurfac resuspend
retablo retak retarget rethink reti retold retool retrac retransl retri reunit reupholst reus rev revamp reveal revert revil revisit
revivifi revok revoltingli revolution reweav rewrit rewritten rewrot richli ricochet ridden rif riffl rightfulli rightli rigidli rigueur
rile rip ripen risen ritorno riven rivet roam rob robustli rode roi roil rollickingli roost rotation roug roughen roughli roundli rubbin
ruefulli ruffl ruggedli ruh run rung runnin ruthlessli sacadolar sacrif sacrificium sadli said sailorli saith saliv salvag samurai sana
sanctorum sang sanitair sank santo sap sarakin sat satiat satisfactorili saut sayonara scairt scald scamper scape scarifi scathingli
scavang schmumper scoff scoot scornfulli scribbl scrimp scroung scrutin scud scuff sculpt scuttl seamlessli sear searchingli seced seclud
secondarili secondli secretli sedul seduzion see seein seek seekin seekingli seemingli seen seep seeth seisho seiz seizin seldom selfeffac
sell semifinish semper send senioritati senselessli sent sepulchr settl sevenfold severli sewn sha shabbili shake shaken shakili shall
shalt shamefacedli shamelessli sharpli shatteringli she shed shellshock shi shimmi shiningli shirk sho shockingli shoehorn shoji shone
shoo shook shootin shorn shortchang shorten shortli should shouldda shout shove shown shrank shrewdli shrilli shrink shrivel shroud shrug
shrunk shuck shuld shun shut shute shyli sic sidestep sidetrack sidewai sidewis sidl sieben signifi significantli sigu silhouet silkili
silt silva similarli simmer simpli simplicit simulcast sinc sind sine sing singlehandedli singli singsong singularli sink sinkt sire
sixfold skew skilfulli skillfulli skim skimp skindiv skip skout skulk skylark skyrocket skyward slacken slackjaw slain slake slap slaver
slavishli sleep sleepili sleeplessli slept slickli slid slightli sligthli slimli slither slog sloppili slosh slough slowli sluggishli
slung slurp slyli smack smarter smartli smilingli smitten smolder smolderingli smooch smoothli smother smuggl snap snare sneak sneez snide
snif sniff snigger sniggeringli snitch snobbishli snoop snooz snore snub snuck snuf snuff snuggl snugli soak sobbingli soberli societyonli
sockdolog soddenli sofar softli sold soldierli solemnli solidifi solidli solv solvat somberli some somedai somehow someplac sometim
somewhat somewher sommeli soon sooner sooo sooth soothingli sorb sou soubriquet sought soulfulli soundli sourli south southeast southward
southwest sower sown spackl spar sparingli spark spawn speak speakin spearhead specifi spectacularli sped speedili spellbound spent spin
spit splai splatter splendidli spoken sportif sportin sprang sprung spun spurn squander squawk squeege squelch squiggli squint squirm
squish stagewhisp staggeringli stai stakebuild stammer stanch stand standeth starboard starkli start startin startlingli starv stash
statutorili staunchli stave steadfastli steadili steal stealin stealthili steamili steepli stem stepwis sternli sticl stif stiffli stifl
stigmat stirrin stirringli stockbuild stoicali stoke stole stolen stolidli stomachwis stomp stonewal stonili stood stooooomp stoop stop
stoutli stow straddl strafe straggl straightwai strainin strangl strenghten strengten strengthen strenuous strewn stricken strictli
strikingli striven strode strongli strop strove struck structiv strum strung stubbornli stuck studentl stuf stuggl stumbl stung stunk
stunningli stupefyingli stupidli sturdili stylishli stymi su subdu sublet submerg submit substract subsum subtli subvert succe succeed
successfulli succinctli succumb suck suddenli sue sufferd suffus sulkili sullenli sulli summarili sunbleach sunder sung sunk sunt sup
superbl superced superimpos supersed superven supplant supplic suppos supposedli supra sur surimi surmount surpass surprisingli suspect
swab swai swam swearing sweathruna sweepingli sweetli swept swerv swiftli swim swindl swish swore sworn swum swung sympathiqu syndciat
synthesis tacitli tackl tae taffycolor tailor taken taketh takin talkin tam tamp tantal tantalizingli tarnish tarri tartli tastefulli tat
taught tauntingli tearfulli tecum tedious teed teem teeter tell tellingli temporarili temptingli tend tenderli tenfold tenuous terra
terram territoir testifi testili than thankfulli thar that thatt the thee thefin thei their them themselv then thenc thenceforth ther
there thereabout thereaft therebi therefrom therein thereof thereon thereto theretofor thereund thereupon therewith thermost thet thi
thickli thievin think thinkin thinli thither thoriat thoroughli those thou though thoughtfulli thoughtlessli thout threaten threateningli
threw thrice thrive throb thrombos through throughout throw throwin thrown thrum thu thum thuringiensi thwart thynk tickl tidili tief
tightli timidli tingl tinkl tinplat tipto tiredli tirelessli titil titr toconsolid tode toil told tollwai tonight too took toot tootl
toppl tore torn tote toto toughen tousl tout toward traditionnel traduc trailblaz traips trammel trampl transcrib transfix transmit
transmogrifi transpos travelin travers tread treat trembl triumphantli trod trop trulei truli truncat trusteth trustfulli trustingli
truthfulli try tsk tuck tultul tunelessli tweak tweez twice twiddl twirlingli twise twitter twotim ty typecast typifi udon uhhu un
unabatingli unacquaint unagi unapp unashamedli unban unblinkingli unblock unbundl uncannili uncap uncatalog unceasingli unceremoni
uncertainli unchlorin unclasp unclench uncoil uncommonli uncomplainingli unconc unconcernedli uncondition unconstitution uncork uncov
uncurl und unded under undercut underenforc underfoot underfund undergo undergon underlai underli underlin undermin underneath underplai
underr underreact underreport underrepres underscor undersel underst understaff understandingli understood understudi undertaken undertook
underus undervalu underw underwai underweight underwhelm underwritten underwrot undid undim undon undoubtedli undream undreamt unduli
unearth uneasili unerringli unevenli uneventfulli unexecut unexpectedli unexpend unfailingli unfairli unfalt unfalteringli unfasten unfaz
unfir unflaggingli unflatteringli unflesh unfocuss unfrost unfunnili unfurl unhappili unhealthili unhedg unhelpfulli unhesitatingli unhing
unhitch unhock unhook unhurriedli unhusk uniformli uninfluenc unintention uninterruptedli unjustli unknowingli unlac unlash unlatch
unlaund unlawfulli unleash unless unlevel unload unlock unluckili unmask unmat unmateri unment unmik unmix unnecessarili unnerv unpair
unpatron unperceiv unplagu unpleasantli unplug unpolar unprecedentedli unqualifiedli unquench unquestioningli unreassuringli unreel
unreimburs unremittingli unreservedli unrestrictedli unrev unsaddl unsatisfactorili unscent unscrambl unscrew unse unselfishli unsharpen
unsheath unshel unshield unsmilingli unsprai unstanch unstar unsteadili unstint unstuffi unsuccessfulli unteach untenur unthaw
unthinkingli unti until unto untrammel unutter unvari unvaryingli unveil unventil unvisit unwaiv unwav unwaveringli unwillingli unwir
unwittingli unwomanli unwrap upfield upheld upholst upon uppon uprais upright uproari uproot upsid upstag upstream upward upwardli
usefulli uselessli utterli uttuh vade vainli valeur valiantli validli vanish vanquish vari various vastli veer velocit verbatim verboten
veri versa verstrichen versu vi via vide vie vielleicht vilifi vincit virut visrhanik vitiat vitro viva vividli vivifi vivr vo vocation
voir volen voluntarili vomit vopo vou vouch vouchsaf voulez vrai vue vulcan vy wa waddl wade waft waggishli waggl wait waiv waken walk
walkin wallow wane wangl wanna want wanta warbl warili warmli warningli waspishli waylaid weaken weakli wean wear wearili wearin weasl
weatherstrip weep weigh weirdli went wept were wetli whack whaddya whammo what whatev whatsoev whear wheedl when whenc whenev wher where
wherea wherebi whereev wherein whereof whereupon wherev whet whether which whichev while whisk whittl who whodunnit whoe whoever
wholeheartedli wholes wholli whom whoosh whose whosoev whup why wickedli widen widthwis wiederum wield wil wildli wilfulli willfulli
willingli willl willya wipe wistfulli withal withdrawn withdrew withheld within without withstand withstood wittili wittingli wod woefulli
woke woken wold wolfishli won wonderfulli wonderingli wondrous wonduh woo woolgath wop wordlessli wore workin worn worriedli worryin
worsen worthwil would woulda wove woven wow wrangl wrap wrappin wreak wrest wriggl wring written wrongfulli wrongli wrote wrought wrung
wryli wth wu wuh wynn yank yap yassuh ye yeah yeard yearningli yet yff yon yore yori you your yourself yourselv yuh zaiteku zap zealous
zestfulli zim zoom zound zur
`.split(/\s+/),
);

/** True for the stem of a verb, an adverb or a word of grammar. */
export const isVerbOrAdverb = (stem: string): boolean => STEMS.has(stem);
