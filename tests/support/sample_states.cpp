#include "tests/support/sample_states.hpp"

namespace adal::sample {
namespace {

using namespace screens;

std::string in(Language language, Text text) { return text.in(language); }

const Text code_title{"Сыбайлас жемқорлыққа қарсы кодекс", "Антикоррупционный кодекс", "Anti-Corruption Code"};
const Text speak_up_title{"Speak Up: қалай хабарлауға болады", "Speak Up: как сообщить", "Speak Up: how to report"};
const Text test_title{"Сынақ мерзіміндегі білімді тексеру", "Проверка знаний на испытательном сроке", "Probation knowledge test"};

DutyCard card_of(DutyId duty, content::DutyKind kind, sync::DutyState state)
{
    DutyCard card;
    card.duty = std::move(duty);
    card.kind = kind;
    card.state = state;
    return card;
}

DutyCard code_card(Language l)
{
    auto card = card_of({"code"}, content::DutyKind::Acknowledgement, sync::DutyState::InProgress);
    card.state_word = in(l, {"орындалуда", "выполняется", "in progress"});
    card.title = in(l, code_title);
    card.note = in(l, {"Оқу және танысу. Бұл ережелер компанияда жұмыс істейтін әр адамға қатысты.",
                       "Чтение и ознакомление. Эти правила касаются каждого, кто работает в компании.",
                       "Reading and acknowledgement. These rules concern everyone who works in the company."});
    card.parts_done = 3, card.parts_total = 8;
    card.due = in(l, {"27 қарашаға дейін, 2 күн қалды", "до 27 ноября, осталось 2 дня", "until 27 November, 2 days left"});
    card.evidence = in(l, {"осында сақталды", "сохранено здесь", "saved here"});
    card.is_next = true;
    return card;
}

DutyCard test_card(Language l)
{
    auto card = card_of({"probation-test"}, content::DutyKind::Test, sync::DutyState::NotDue);
    card.state_word = in(l, {"мерзімі келген жоқ", "срок ещё не наступил", "not due"});
    card.title = in(l, test_title);
    card.note = in(l, {"Тест, 20 минут. Кодекс пен модульден кейін.", "Тест, 20 минут. После Кодекса и модуля.", "Test, 20 minutes. After the Code and the module."});
    card.due = in(l, {"28 желтоқсанға дейін", "до 28 декабря", "until 28 December"});
    card.evidence = in(l, {"20 сұрақ, 3 әрекет", "20 вопросов, 3 попытки", "20 questions, 3 attempts"});
    return card;
}

DutyCard speak_up_card(Language l)
{
    auto card = card_of({"speak-up"}, content::DutyKind::Module, sync::DutyState::Done);
    card.state_word = in(l, {"орындалды", "выполнено", "done"});
    card.title = in(l, speak_up_title);
    card.note = in(l, {"Модуль, 5 минут", "Модуль, 5 минут", "Module, 5 minutes"});
    card.parts_done = 7, card.parts_total = 7;
    card.done = in(l, {"19 қарашада аяқталды", "завершено 19 ноября", "done on 19 November"});
    card.evidence = in(l, {"бас кеңседе 20 қарашадан, 08:12", "в центре с 20 ноября, 08:12", "at HQ since 20 November, 08:12"});
    card.is_at_hq = true;
    return card;
}

DutyCard overdue_card(Language l)
{
    auto card = code_card(l);
    card.state = sync::DutyState::Overdue;
    card.state_word = in(l, {"мерзімі өтті", "срок прошёл", "overdue"});
    card.due = in(l, {"20 қарашада аяқталды, 5 күн өтті", "срок был 20 ноября, прошло 5 дней", "was due on 20 November, 5 days ago"});
    card.is_overdue = true;
    return card;
}

Notice wrong_pin(Language l)
{
    return {in(l, {"ПИН-код сәйкес келмеді", "ПИН-код не подошёл", "The PIN did not match"}),
            in(l, {"Тағы 3 әрекет қалды. Одан кейін кіруді ауысым шебері ашады.", "Осталось 3 попытки. Затем вход откроет мастер смены.",
                   "3 attempts are left. After that the shift supervisor opens the sign-in."}),
            true};
}

Named named(std::string name, Language l, State state, bool is_signed_in) { return {std::move(name), surround(l, is_signed_in), std::move(state)}; }
} // namespace

Surround surround(Language l, bool is_signed_in)
{
    Surround s;
    s.language = l;
    s.is_demo = true;
    s.place = in(l, {"Балқаш · механика цехы · T-07", "Балхаш · механический цех · T-07", "Balkhash · mechanical shop · T-07"});
    s.place_short = "T-07";
    if (is_signed_in) s.person = in(l, {"Айгерім С.", "Айгерим С.", "Aigerim S."});
    s.saved = in(l, {"Осында сақталды", "Сохранено здесь", "Saved here"});
    s.at_hq = in(l, {"Бас кеңседе: 09:40", "В центре: 09:40", "At HQ: 09:40"});
    s.clock = "14:05";
    return s;
}

StartScreen start(Language l)
{
    return {"8-800-080-8089", "speakup@kazakhmys.kz",
            in(l, {"100012, Қарағанды, Ленин көшесі, 12", "100012, Караганда, ул. Ленина, 12", "100012, Karaganda, 12 Lenin Street"}), {}};
}

NumberScreen number(Language) { return {"204117", true, {}}; }

EmployerScreen employer(Language l)
{
    EmployerScreen screen;
    screen.number = "204 117";
    screen.rows = {{{"balkhash-smelter"},
                    in(l, {"«Балқаш мыс балқыту зауыты» ЖШС", "ТОО «Балхашский медеплавильный завод»", "Balkhash Copper Smelter LLP"}),
                    in(l, {"Балқаш, механикалық жөндеу цехы", "Балхаш, ремонтно-механический цех", "Balkhash, repair and mechanical shop"})},
                   {{"kounrad-service"},
                    in(l, {"«Қоңырат-Сервис» ЖШС, мердігер", "ТОО «Коунрад-Сервис», подрядная организация", "Kounrad Service LLP, contractor"}),
                    in(l, {"Қоңырат кенішінің көлік учаскесі", "Транспортный участок Коунрадского рудника", "Transport section of the Kounrad mine"})}};
    return screen;
}

SecretScreen secret(Language l, SecretPurpose purpose)
{
    SecretScreen screen;
    screen.purpose = purpose;
    screen.number = "204 117";
    screen.typed = 4;
    if (purpose == SecretPurpose::Pin) screen.notice = wrong_pin(l), screen.notice->is_grave = false;
    if (purpose == SecretPurpose::RepeatPin) screen.typed = 6, screen.can_confirm = true;
    return screen;
}

DutiesScreen duties(Language l)
{
    DutiesScreen screen;
    screen.subtitle = in(l, {"Сынақ мерзімі 2027 жылғы 11 қаңтарда аяқталады. Бүгін 25 қараша.",
                             "Испытательный срок заканчивается 11 января 2027 года. Сегодня 25 ноября.",
                             "Probation ends on 11 January 2027. Today is 25 November."});
    screen.cards = {code_card(l), test_card(l), speak_up_card(l)};
    screen.left = 2, screen.all = 3;
    screen.shows_all = true;
    screen.primary = in(l, {"Кодексті оқуды жалғастыру", "Продолжить чтение Кодекса", "Continue reading the Code"});
    screen.primary_duty = {"code"};
    return screen;
}

AcknowledgementScreen acknowledgement(Language l)
{
    AcknowledgementScreen screen;
    screen.declaration = in(l, {"Мен, Айгерім Сәрсенова, Сыбайлас жемқорлыққа қарсы кодексті өзіме түсінікті тілде оқыдым, талаптарын түсіндім және сақтауға міндеттенемін.",
                                "Я, Сарсенова Айгерим Болатовна, прочитала Антикоррупционный кодекс на понятном мне языке, поняла его требования и обязуюсь их соблюдать.",
                                "I, Aigerim Sarsenova, have read the Anti-Corruption Code in a language I understand, have understood what it asks and undertake to keep to it."});
    screen.document = in(l, {"Сыбайлас жемқорлыққа қарсы кодекс, 2026 жылғы 1 қыркүйектегі 1-редакция, үлгі",
                             "Антикоррупционный кодекс, редакция 1 от 1 сентября 2026 года, образец", "Anti-Corruption Code, edition 1 of 1 September 2026, specimen"});
    screen.languages = in(l, {"қазақша, 5 және 6-бөлім орысша", "казахский, разделы 5 и 6 на русском", "Kazakh, sections 5 and 6 in Russian"});
    screen.time = in(l, {"38 минут. Дәлел ретінде сақталады, бағаланбайды", "38 минут. Хранится как подтверждение, не оценивается",
                         "38 minutes. Kept as evidence, not judged"});
    screen.fingerprint = "9f3a 41c7 e208 … 7d16 0be2 (SHA-256)";
    screen.typed = 6;
    screen.can_confirm = true;
    return screen;
}

TroubleScreen trouble(Language l)
{
    return {in(l, {"Терминал әзірге жұмыс істемейді", "Терминал пока не работает", "The terminal cannot work for now"}),
            in(l, {"Журналдың 41-жазбасы оқылмады. Сақталған жұмысыңыз жоғалған жоқ.", "Запись 41 журнала не читается. Сохранённая работа не потеряна.",
                   "Record 41 of the journal cannot be read. The work that was saved is not lost."}),
            in(l, {"Ауысым шеберіне айтыңыз немесе басқа терминалдан кіріңіз.", "Скажите мастеру смены или войдите на другом терминале.",
                   "Tell the shift supervisor, or sign in at another terminal."})};
}

std::vector<Named> way_in(Language l)
{
    std::vector<Named> all{named("01-start", l, start(l), false), named("02-number", l, number(l), false),
                           named("02-employer", l, employer(l), false)};
    auto told = start(l);
    told.notice = Notice{in(l, {"Сіз шықтыңыз", "Вы вышли", "You are signed out"}),
                         in(l, {"Жұмысыңыз осында сақталды, байланыс пайда болғанда бас кеңсеге кетеді.",
                                "Работа сохранена здесь и уйдёт в центр, когда появится связь.", "Your work is saved here and goes to HQ when there is a connection."}),
                         false};
    all.push_back(named("01-start-notice", l, told, false));
    all.push_back(named("02-number-empty", l, NumberScreen{}, false));
    for (auto purpose : {SecretPurpose::OneTimeCode, SecretPurpose::Pin, SecretPurpose::NewPin, SecretPurpose::RepeatPin})
        all.push_back(named("02-" + name_of(State{secret(l, purpose)}), l, secret(l, purpose), false));
    SecretScreen waiting = secret(l, SecretPurpose::Pin);
    waiting.typed = 0, waiting.wait_seconds = 25, waiting.notice = wrong_pin(l);
    all.push_back(named("02-pin-wait", l, waiting, false));

    all.push_back(named("03-duties", l, duties(l), true));
    auto overdue = duties(l);
    overdue.cards = {overdue_card(l), test_card(l), speak_up_card(l), speak_up_card(l), speak_up_card(l)};
    overdue.cards[3].duty = {"gifts"}, overdue.cards[4].duty = {"integrity"};
    overdue.notice = told.notice;
    all.push_back(named("03-duties-overdue", l, overdue, true));
    auto nothing = duties(l);
    nothing.cards.clear(), nothing.left = 0, nothing.shows_all = false, nothing.primary.clear();
    all.push_back(named("03-duties-nothing", l, nothing, true));

    all.push_back(named("05-acknowledgement", l, acknowledgement(l), true));
    auto mistyped = acknowledgement(l);
    mistyped.typed = 0, mistyped.can_confirm = false, mistyped.notice = wrong_pin(l);
    all.push_back(named("05-acknowledgement-notice", l, mistyped, true));
    all.push_back(named("06-trouble", l, trouble(l), false));
    return all;
}

} // namespace adal::sample
