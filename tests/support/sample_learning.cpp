#include "app/window/assets.hpp"
#include "app/window/png.hpp"
#include "tests/support/sample_states.hpp"

namespace adal::sample {
namespace {

using namespace screens;

std::string in(Language language, const Text& text) { return text.in(language); }

content::Block paragraph(std::string anchor, std::string text)
{
    content::Block block;
    block.anchor = std::move(anchor);
    block.runs.push_back({.text = std::move(text), .link = {}});
    return block;
}

content::Block of_kind(content::BlockKind kind, content::Runs runs)
{
    content::Block block;
    block.kind = kind;
    block.runs = std::move(runs);
    return block;
}

content::Run bold(std::string text) { return {.text = std::move(text), .bold = true, .link = {}}; }
content::Run plain_run(std::string text) { return {.text = std::move(text), .link = {}}; }

const std::vector<Text> section_titles{
    {"Сыбайлас жемқорлық деген не", "Что такое коррупция", "What corruption is"},
    {"Сыйлықтар мен қонақжайлық", "Подарки и гостеприимство", "Gifts and hospitality"},
    {"Мүдделер қақтығысы", "Конфликт интересов", "Conflict of interests"},
    {"Контрагенттер және сатып алу", "Контрагенты и закупки", "Counterparties and procurement"},
    {"Рәсімді жеңілдету төлемдері", "Платежи за упрощение формальностей", "Facilitation payments"},
    {"Есеп және құжаттар", "Учёт и документы", "Books and records"},
    {"Қайырымдылық және демеушілік", "Благотворительность и спонсорство", "Charity and sponsorship"},
    {"Мемлекеттік лауазымды адамдар", "Должностные лица государства", "Public officials"},
    {"Speak Up және қудалаудан қорғау", "Speak Up и защита от преследования", "Speak Up and no retaliation"},
    {"Басшылардың міндеттері", "Обязанности руководителей", "Duties of managers"},
    {"Заң алдындағы жауапкершілік", "Ответственность по закону", "Responsibility under the law"},
    {"Танысу", "Ознакомление", "Acknowledgement"},
};

std::vector<content::Block> gifts(Language l)
{
    std::vector<content::Block> blocks;
    blocks.push_back(of_kind(content::BlockKind::CallOut,
                             {plain_run(in(l, {"Бұл — үлгі мәтін. Мұндағы барлық соманы, мерзімді және заңға сілтемені компания заңгерлері растауы керек.",
                                               "Это образец текста. Все суммы, сроки и ссылки на законы должны подтвердить юристы компании.",
                                               "This is a specimen. Every amount, time limit and reference to a law must be confirmed by the company’s lawyers."}))}));
    blocks.push_back(paragraph("2.1", in(l, {"Қызметкер өзінен жұмыс бойынша шешім күтетін адамнан сыйлық, ақша немесе көрсетілген қызмет қабылдамайды. Шешім алу үшін өзі де мұндайды бермейді.",
                                             "Работник не принимает подарки, деньги и услуги от тех, кто ждёт от него решения по работе. И сам не даёт их, чтобы добиться решения.",
                                             "An employee does not take gifts, money or services from anyone who expects a decision from them at work. An employee does not give such things to obtain a decision."})));
    blocks.push_back(paragraph("2.2", in(l, {"Ақшаны, аударымды, сыйлық картасын, отынды және қарызды сыйға бермейді де, алмайды да. Сомасы маңызды емес.",
                                             "Деньги, переводы, подарочные карты, топливо и займы не дарят и не принимают в подарок. Сумма значения не имеет.",
                                             "Money, transfers, gift cards, fuel and loans are never given or taken as a gift. The amount does not matter."})));
    auto souvenir = paragraph("2.3", in(l, {"Ашық берілген және құны ", "Небольшой сувенир допустим, если он вручён открыто и стоит не дороже ",
                                            "A small souvenir given openly is allowed if it costs no more than "}));
    souvenir.runs.push_back(bold(in(l, {"5000 теңгеден", "5000 тенге", "5,000 tenge"})));
    souvenir.runs.push_back(plain_run(in(l, {" аспайтын шағын кәдесый алуға болады. Бір адамнан жылына екеуден артық алынбайды. Әрқайсысын басшыға айтыңыз.",
                                             ". От одного дарителя — не больше двух в год. О каждом сообщают руководителю.",
                                             ". From one giver, take no more than two a year. Tell your manager about each one."})));
    blocks.push_back(souvenir);
    blocks.push_back(paragraph("2.4", in(l, {"Сыйлықтан сол жерде бас тарту мүмкін болмаса, оны сол күні комплаенс-қызметке тапсырыңыз. Қызмет жабық болса, келесі жұмыс күні тапсырыңыз.",
                                             "Если отказаться от подарка на месте нельзя, передайте его в комплаенс-службу в тот же день. Если служба закрыта, сделайте это на следующий рабочий день.",
                                             "If you cannot refuse a gift on the spot, hand it to the compliance office the same day. If the office is closed, do it on the next working day."})));
    blocks.push_back(paragraph("2.5", in(l, {"Күмәніңіз бар ма? Алмас бұрын сұраңыз. Сұрақ қою ешқашан бұзушылық саналмайды.",
                                             "Не уверены? Спросите до того, как взять. Вопрос никогда не считается нарушением.",
                                             "Not sure? Ask before you take it. A question is never a breach."})));
    return blocks;
}

Picture some_picture()
{
    static const auto image = window::read_png(window::assets_folder() / "scenes/pit-day-728.png", 4);
    static const auto pixels = image ? std::make_shared<const Bytes>(image.value().bytes) : nullptr;
    if (!pixels) return {"sample", 4, 3, std::make_shared<const Bytes>(std::size_t{4 * 4 * 3}, std::uint8_t{160})};
    return {"sample", image.value().w, image.value().h, pixels};
}

ModuleScreen::Check weighbridge_check(Language l)
{
    ModuleScreen::Check check;
    check.item = {"speak-up-m1"};
    check.stem = in(l, {"Айнұр не істейді?", "Что делает Айнур?", "What does Ainur do?"});
    check.options = {{{"A"}, in(l, {"Конвертті алып, салмақты дұрыс жазады", "Берёт конверт, но пишет верный вес", "She takes the envelope but writes the true weight"})},
                     {{"B"}, in(l, {"Бас тартып, салмақты дұрыс жазып, бұл туралы хабарлайды", "Отказывается, пишет верный вес и сообщает об этом",
                                    "She refuses, writes the true weight and reports it"})},
                     {{"C"}, in(l, {"Бас тартып, үндемей қалады", "Отказывается и молчит", "She refuses and says nothing"})}};
    return check;
}

void answer(ModuleScreen& screen, Language l, bool is_right)
{
    auto& check = *screen.check;
    check.chosen = ChoiceId{is_right ? "B" : "A"};
    check.is_right = is_right;
    check.verdict = is_right ? in(l, {"Дұрыс", "Верно", "Right"}) : in(l, {"Дәл олай емес", "Не совсем так", "Not quite"});
    check.feedback = is_right ? in(l, {"Иә. Бас тартудың өзі аз, өйткені ертең басқа таразышыға да ұсынуы мүмкін. Хабарлама Айнұрды да, ауысымды да қорғайды. Кодекстің 6.1 және 9.1-тармақтарын қараңыз.",
                                       "Да. Одного отказа мало, ведь завтра то же предложат другой весовщице. Сообщение защищает и Айнур, и смену. Смотрите Кодекс, пункты 6.1 и 9.1.",
                                       "Yes. A refusal alone is not enough, because the next weigher may be asked too. An alert protects Ainur and the shift. See the Code, 6.1 and 9.1."})
                              : in(l, {"Жазба дұрыс, бірақ конверт — бәрібір пара. Сомасы қандай болса да, ақша алынбайды. Кодекстің 1.2 және 2.2-тармақтарын қараңыз.",
                                       "Запись верная, но конверт остаётся взяткой. Деньги не берут, какой бы ни была сумма. Смотрите Кодекс, пункты 1.2 и 2.2.",
                                       "The record is true, but the envelope is still a bribe. Money is never taken, whatever the amount. See the Code, 1.2 and 2.2."});
    screen.can_go_on = true;
}

/// A page without picture or check: channels, a link and a call-out.
ModuleScreen channels(Language l)
{
    ModuleScreen screen = module(l);
    screen.page = 2;
    screen.title = in(l, {"Үш арна", "Три канала", "Three channels"});
    screen.picture.reset();
    screen.check.reset();
    screen.can_go_on = true;
    screen.blocks = {paragraph("", in(l, {"Өзіңізге ыңғайлы арнаны таңдаңыз. Үшеуі де тең.", "Выберите тот канал, который вам удобен. Все три равны.",
                                          "Choose the channel that suits you. All three are equal."})),
                     of_kind(content::BlockKind::Bullet, {bold(in(l, {"Телефон:", "Телефон:", "Phone:"})), plain_run(in(l, {" 8-800-080-8089, тегін.", " 8-800-080-8089, бесплатно.", " 8-800-080-8089, free of charge."}))}),
                     of_kind(content::BlockKind::Bullet, {bold(in(l, {"Электрондық пошта:", "Электронная почта:", "E-mail:"})), plain_run(" speakup@kazakhmys.kz")}),
                     of_kind(content::BlockKind::Bullet, {bold(in(l, {"Хат:", "Письмо:", "Letter:"})), plain_run(in(l, {" 100012, Қарағанды, Ленин көшесі, 12.", " 100012, Караганда, улица Ленина, 12.", " 12 Lenin Street, Karaganda, 100012."}))}),
                     of_kind(content::BlockKind::Paragraph, {plain_run(in(l, {"Атыңызды айтуға да, айтпауға да болады, ", "Можно назвать себя, а можно остаться анонимным, смотрите пункт ", "You may give your name or stay anonymous, see "})),
                                                             {.text = "9.3", .link = "anti-corruption-code#9.3"}, plain_run(in(l, {"-тармақты қараңыз.", ".", "."}))}),
                     of_kind(content::BlockKind::CallOut, {plain_run(in(l, {"Арналар осы терминалда да бар, Speak Up бөлімінде. Ол үшін жүйеге кірудің қажеті жоқ.",
                                                                            "Каналы есть и на этом терминале, в разделе Speak Up. Входить в систему для этого не нужно.",
                                                                            "You can find the channels on this terminal under Speak Up. You need no sign-in for that."}))})};
    return screen;
}

ItemScreen several(Language l)
{
    ItemScreen screen = item(l);
    screen.number = 20;
    screen.progress = in(l, {"20 сұрақтың 20-сы", "Вопрос 20 из 20", "Question 20 of 20"});
    screen.stem = in(l, {"Жексенбіде мердігердің курьері шебер Дәуреннің есігіне қол сағат қалдырып кетті. Шебер не істеуі керек? Барлық дұрыс жауапты таңдаңыз.",
                         "В воскресенье курьер подрядчика оставил у двери мастера Даурена наручные часы. Что должен сделать мастер? Выберите все верные ответы.",
                         "On Sunday a contractor’s courier left a wristwatch at the door of foreman Dauren. What should the foreman do? Choose all the right answers."});
    screen.hint = in(l, {"Барлық дұрыс жауапты таңдаңыз", "Выберите все верные ответы", "Choose all that apply"});
    screen.is_multiple = true;
    screen.options = {{{"A"}, in(l, {"Мердігердің келісімшарты біткенше өзінде ұстау", "Хранить у себя, пока не закончится договор подрядчика", "Keep it until the contractor’s contract ends"}), false},
                      {{"B"}, in(l, {"Келесі жұмыс күні комплаенс-қызметке тапсыру", "Передать в комплаенс-службу на следующий рабочий день", "Hand it to the compliance office on the next working day"}), true},
                      {{"C"}, in(l, {"Тапсырғанша сағатты тақпау", "Не надевать часы, пока не передаст", "Not wear the watch before handing it over"}), true},
                      {{"D"}, in(l, {"Ауысымның озат жұмысшысына сыйға беру", "Подарить лучшему рабочему смены", "Give it to the best worker of the shift"}), false},
                      {{"E"}, in(l, {"Сағатты тағып жүріп, комплаенс-қызмет сұраса ғана айту", "Носить часы и сказать, только если спросит комплаенс-служба", "Wear it and tell only if the compliance office asks"}), false}};
    screen.is_flagged = true;
    for (auto& cell : screen.cells) cell.is_answered = true;
    screen.cells.back().is_flagged = true;
    screen.time_left = "4:59";
    screen.warning = Notice{in(l, {"Бес минут қалды", "Осталось пять минут", "Five minutes are left"}),
                            in(l, {"Уақыт біткенде тексеру өздігінен аяқталады, берілген жауаптар есептеледі.", "Когда время выйдет, проверка завершится сама, данные ответы будут засчитаны.",
                                   "When the time runs out the test ends by itself, and the answers you gave count."}),
                            false};
    return screen;
}

ItemScreen asking(Language l, TestDialog dialog)
{
    ItemScreen screen = several(l);
    screen.warning.reset();
    screen.dialog = dialog;
    screen.unanswered = 3, screen.flagged = 2;
    return screen;
}

Named named(std::string name, Language l, State state) { return {std::move(name), surround(l), std::move(state)}; }
} // namespace

ReaderScreen reader(Language l)
{
    ReaderScreen screen;
    screen.document = {"anti-corruption-code"};
    screen.title = in(l, {"Сыбайлас жемқорлыққа қарсы кодекс", "Антикоррупционный кодекс", "Anti-Corruption Code"});
    screen.edition = in(l, {"Үлгі: 2026 жылғы 1 қыркүйектегі 1-редакция, № 1 үлгі, қолданыста", "Образец: редакция 1 от 1 сентября 2026 года, Образец № 1, действует",
                            "Specimen: edition 1 of 1 September 2026, Specimen No. 1, in force"});
    for (const auto& title : section_titles) {
        const int number = static_cast<int>(screen.contents.size()) + 1;
        screen.contents.push_back({number, in(l, title), number < 2});
    }
    screen.section = 2;
    screen.section_title = in(l, section_titles[1]);
    screen.blocks = gifts(l);
    return screen;
}

ModuleScreen module(Language l)
{
    ModuleScreen screen;
    screen.module = {"speak-up"};
    screen.module_title = in(l, {"Speak Up: қалай хабарлауға болады", "Speak Up: как сообщить", "Speak Up: how to report"});
    screen.title = in(l, {"Автотаразыда", "На автовесах", "At the weighbridge"});
    screen.page = 3, screen.pages = 7;
    screen.picture = some_picture();
    screen.picture_text = in(l, {"Автотаразы жанында жүргізуші конверт ұсынып тұр. Таразышы қолын көтеріп, оны алмайды.",
                                 "Водитель у автовесов протягивает конверт. Весовщица поднимает руку и не берёт его.",
                                 "A driver at the weighbridge holds out an envelope. The weigher raises her hand and does not take it."});
    screen.blocks = {paragraph("", in(l, {"Айнұр металл сынығын өлшеп жатыр. Мердігердің жүргізушісі оған конверт ұсынды.", "Айнур взвешивает лом. Водитель подрядчика протягивает ей конверт.",
                                          "Ainur is weighing scrap. A contractor’s driver holds out an envelope."})),
                     paragraph("", in(l, {"«Бір тонна кем жазыңыз, — дейді ол. — Ешкім байқамайды».", "«Запишите на тонну меньше, — говорит он. — Никто не заметит».",
                                          "“Write one tonne less,” he says. “Nobody will notice.”"}))};
    screen.check = weighbridge_check(l);
    screen.can_go_on = false;
    return screen;
}

TestIntroScreen test_intro(Language l)
{
    return {{"probation-test"},
            in(l, {"Сынақ мерзіміндегі білімді тексеру", "Проверка знаний на испытательном сроке", "Probation knowledge test"}),
            {in(l, {"20 сұрақ, 20 минут", "20 вопросов, 20 минут", "20 questions, 20 minutes"}),
             in(l, {"14 дұрыс жауап жеткілікті", "Достаточно 14 верных ответов", "14 right answers are enough"}),
             in(l, {"3 әрекеттің 1-әрекеті", "Попытка 1 из 3", "Attempt 1 of 3"}),
             in(l, {"Сұраққа қайта оралып, жауапты өзгертуге болады", "К вопросу можно вернуться и изменить ответ", "You may go back and change an answer"}),
             in(l, {"Әр жауап бірден сақталады: ток өшсе де жоғалмайды", "Каждый ответ сохраняется сразу и не пропадёт, даже если отключат свет",
                    "Each answer is saved at once and is not lost even if the power goes"}),
             in(l, {"«Кетуім керек» батырмасы әрекетті тоқтатады, ондай әрекет есепке алынбайды", "Кнопка «Мне нужно уйти» прерывает попытку, и такая попытка не засчитывается",
                    "“I must leave” stops the attempt, and such an attempt does not count"}),
             in(l, {"Келесі әрекет 3 күннен кейін", "Следующая попытка через 3 дня", "The next attempt is 3 days later"})},
            true,
            {}};
}

ItemScreen item(Language l)
{
    ItemScreen screen;
    screen.test_title = in(l, {"Білімді тексеру", "Проверка знаний", "Knowledge test"});
    screen.progress = in(l, {"20 сұрақтың 7-сі", "Вопрос 7 из 20", "Question 7 of 20"});
    screen.item = {"gifts-07"};
    screen.number = 7, screen.total = 20;
    screen.stem = in(l, {"Мердігер қойма қызметкеріне мерекеде қымбат сағат ұсынды. Қызметкер не істеуі керек?", "Подрядчик дарит кладовщику на праздник дорогие часы. Что должен сделать кладовщик?",
                         "A contractor gives a storekeeper an expensive watch for the holiday. What should the storekeeper do?"});
    screen.hint = in(l, {"Бір жауапты таңдаңыз", "Выберите один ответ", "Choose one answer"});
    screen.options = {{{"C"}, in(l, {"Сағатты алып, ешкімге айтпау", "Взять часы и никому не говорить", "Take the watch and tell nobody"}), false},
                      {{"A"}, in(l, {"Сыпайы бас тартып, сол күні комплаенс-қызметке хабарлау", "Вежливо отказаться и в тот же день сообщить комплаенс-службе", "Refuse politely and tell the compliance office the same day"}), true},
                      {{"D"}, in(l, {"Сағатты алып, кейін басқа сыйлық беру", "Взять часы и позже подарить что-то в ответ", "Take the watch and give something back later"}), false},
                      {{"B"}, in(l, {"Сағатты бөлім басшысына сыйлау", "Передать часы начальнику участка", "Pass the watch on to the head of the section"}), false}};
    for (int n = 1; n <= 20; ++n) screen.cells.push_back({n <= 7, n == 3 || n == 5});
    screen.is_answered = true;
    screen.time_left = "18:42";
    screen.unanswered = 13, screen.flagged = 2;
    return screen;
}

ResultScreen result(Language l, bool has_passed)
{
    ResultScreen screen;
    screen.has_passed = has_passed;
    screen.points = has_passed ? 16 : 12, screen.maximum = 20, screen.pass_mark = 14;
    screen.title = has_passed ? in(l, {"Тексеру тапсырылды", "Проверка сдана", "The test is passed"}) : in(l, {"Екі ұпай жетпеді", "Не хватило двух баллов", "Two points short"});
    screen.explanation = has_passed ? in(l, {"14 ұпай керек еді: сақинадағы белгі. 3 әрекеттің 1-әрекеті.", "Нужно было 14: это черта на кольце. Попытка 1 из 3.", "14 were needed: the mark on the ring. Attempt 1 of 3."})
                                    : in(l, {"14 ұпай керек: сақинадағы белгі. 3 әрекеттің 1-әрекеті.", "Нужно 14: это черта на кольце. Попытка 1 из 3.", "14 are needed: the mark on the ring. Attempt 1 of 3."});
    if (!has_passed) screen.next = in(l, {"Келесі әрекет 28 қарашадан бастап", "Следующая попытка с 28 ноября", "Next attempt from 28 November"});
    screen.topics = {{in(l, {"Сыйлықтар мен қонақжайлық", "Подарки и гостеприимство", "Gifts and hospitality"}), 4, 4},
                     {in(l, {"Speak Up: қалай хабарлауға болады", "Speak Up: как сообщить", "Speak Up: how to report"}), has_passed ? 4 : 3, 4},
                     {in(l, {"Мүдделер қақтығысы", "Конфликт интересов", "Conflict of interests"}), has_passed ? 3 : 2, 4},
                     {in(l, {"Заң алдындағы жауапкершілік", "Ответственность по закону", "Liability under the law"}), has_passed ? 3 : 2, 4},
                     {in(l, {"Контрагенттер", "Контрагенты", "Counterparties"}), has_passed ? 2 : 1, 4}};
    screen.read_again = {{"anti-corruption-code#3.4", "3.4", in(l, section_titles[2])},
                         {"anti-corruption-code#11.2", "11.2", in(l, section_titles[10])},
                         {"anti-corruption-code#4.2", "4.2", in(l, section_titles[3])}};
    if (!has_passed) screen.read_again.push_back({"anti-corruption-code#9.1", "9.1", in(l, section_titles[8])});
    screen.kept = in(l, {"Осында сақталды, байланыс пайда болғанда бас кеңсеге кетеді", "Сохранено здесь, уйдёт в центр, когда появится связь", "Saved here, goes to HQ when there is a connection"});
    screen.identified = in(l, {"Сіз ПИН-кодпен кірдіңіз", "Вы вошли по ПИН-коду", "You signed in with your PIN"});
    return screen;
}

std::vector<Named> learning(Language l)
{
    std::vector<Named> all{named("04-reader", l, reader(l))};
    auto marked = reader(l);
    marked.marked_anchor = "2.4", marked.from_result = true;
    all.push_back(named("04-reader-marked", l, marked));
    auto last = reader(l);
    last.section = 12, last.section_title = in(l, section_titles.back()), last.is_last = true;
    for (auto& section : last.contents) section.is_read = true;
    last.notice = Notice{in(l, {"5-бөлім әлі ашылмаған", "Раздел 5 ещё не открыт", "Section 5 has not been opened yet"}),
                         in(l, {"Оны ашып, оқып шығыңыз, содан кейін растауға болады.", "Откройте и прочитайте его, после этого можно подтвердить ознакомление.", "Open and read it, then you can sign."}), false};
    all.push_back(named("04-reader-last", l, last));

    all.push_back(named("06-module", l, module(l)));
    auto right = module(l), wrong = module(l);
    answer(right, l, true);
    answer(wrong, l, false);
    all.push_back(named("06-module-right", l, right));
    all.push_back(named("06-module-not-quite", l, wrong));
    all.push_back(named("06-module-words", l, channels(l)));

    all.push_back(named("07-intro", l, test_intro(l)));
    auto hindered = test_intro(l);
    hindered.can_start = false;
    hindered.notice = Notice{in(l, {"Келесі әрекет 28 қарашадан бастап ашылады", "Следующая попытка откроется 28 ноября", "The next attempt opens on 28 November"}), "", false};
    all.push_back(named("07-intro-later", l, hindered));
    all.push_back(named("07-item", l, item(l)));
    auto resumed = item(l);
    resumed.is_resumed = true;
    all.push_back(named("07-item-resumed", l, resumed));
    all.push_back(named("07-item-several", l, several(l)));
    all.push_back(named("07-item-submit", l, asking(l, TestDialog::Submit)));
    all.push_back(named("07-item-leave", l, asking(l, TestDialog::Leave)));
    all.push_back(named("09-result", l, result(l, true)));
    all.push_back(named("09-result-short", l, result(l, false)));
    return all;
}

} // namespace adal::sample
