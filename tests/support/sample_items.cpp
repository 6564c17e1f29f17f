#include "tests/support/sample_states.hpp"

/// Questions of every kind of answering, with texts as long as real ones.
namespace adal::sample {
namespace {

using namespace screens;

ItemScreen unanswered(Language l)
{
    auto screen = item(l);
    screen.options.clear();
    screen.number = 12;
    screen.progress = Text{"20 сұрақтың 12-сі", "Вопрос 12 из 20", "Question 12 of 20"}.in(l);
    screen.is_answered = false;
    return screen;
}

void add_source(ItemScreen& screen, Language l, const char* id, const Text& text, const char* partner = "")
{
    screen.options.push_back({{id}, text.in(l), false, {partner}});
}

} // namespace

ItemScreen matching(Language l)
{
    auto screen = unanswered(l);
    screen.answering = Answering::Match;
    screen.stem = Text{"Әр жағдайда не істейсіз?", "Что вы сделаете в каждом случае?", "What do you do in each situation?"}.in(l);
    screen.hint = Text{"Енді «Жеткізуші тармаққа қол қоюдан бас тартты» сөйлеміне сәйкес жауапты түртіңіз", "Теперь коснитесь ответа к «Поставщик отказывается от оговорки»",
                       "Now tap the answer for “A supplier refuses the clause”"}.in(l);
    add_source(screen, l, "A", {"Мердігер сізге сағат ұсынды", "Подрядчик предлагает вам часы", "A contractor offers you a watch"}, "Q");
    add_source(screen, l, "B", {"Бауырыңыз біздің тендерге қатысады", "Ваш брат участвует в нашем тендере", "Your brother bids for our tender"}, "S");
    add_source(screen, l, "C", {"Жалған таразы қағазын көрдіңіз", "Вы увидели поддельный талон весовой", "You saw a forged weigh slip"}, "P");
    add_source(screen, l, "D", {"Жеткізуші тармаққа қол қоюдан бас тартты", "Поставщик отказывается от оговорки", "A supplier refuses the clause"});
    screen.active = {"D"};
    screen.is_answered = true;
    const std::vector<std::pair<const char*, Text>> targets{
        {"P", {"Speak Up арқылы хабарлау", "Сообщить через Speak Up", "Report it through Speak Up"}},
        {"Q", {"Бас тартып, сол күні комплаенс-қызметке айту", "Отказаться и в тот же день сообщить комплаенс-службе", "Decline and tell compliance today"}},
        {"R", {"Контрагенттер тізіліміне жіберу", "Направить в реестр контрагентов", "Send it to the counterparty register"}},
        {"S", {"Мүдделер қақтығысының нысанын толтыру", "Заполнить форму о конфликте интересов", "File a conflict of interests form"}}};
    for (const auto& [id, text] : targets) screen.targets.push_back({{id}, text.in(l)});
    return screen;
}

ItemScreen ordering(Language l)
{
    auto screen = unanswered(l);
    screen.answering = Answering::Order;
    screen.stem = Text{"Сізге конверт ұсынылды. Қандай ретпен әрекет етесіз?", "Вам протянули конверт. В каком порядке вы действуете?", "Somebody holds out an envelope. In which order do you act?"}.in(l);
    screen.hint = Text{"Дұрыс ретке қойыңыз", "Расположите по порядку", "Put them in the right order"}.in(l);
    add_source(screen, l, "B", {"Сол күні басшыға және комплаенс-қызметке хабарлау", "В тот же день сообщить руководителю и комплаенс-службе", "Tell your manager and the compliance office the same day"});
    add_source(screen, l, "A", {"Сыпайы бас тарту", "Вежливо отказаться", "Decline politely"});
    add_source(screen, l, "D", {"Тексеру аяқталғанша ешкіммен талқыламау", "Ни с кем не обсуждать до конца проверки", "Not discuss it with anybody until it was looked into"});
    add_source(screen, l, "C", {"Кім, қайда және не айтқанын жазып қою", "Записать, кто, где и что сказал", "Write down who said what, and where"});
    return screen;
}

ItemScreen numeric(Language l, bool is_number)
{
    auto screen = unanswered(l);
    screen.answering = Answering::Number;
    screen.stem = Text{"Сувенирдің құны қанша айлық есептік көрсеткіштен (АЕК) аспауы керек?", "Сколько МРП не должна превышать стоимость сувенира?",
                       "How many monthly calculation indices may a souvenir cost at most?"}.in(l);
    screen.hint = Text{"Жауапты санмен жазыңыз", "Введите ответ числом", "Give the answer as a number"}.in(l);
    screen.typed = is_number ? "10" : "1,,";
    screen.takes_typed = screen.is_answered = is_number;
    return screen;
}

ItemScreen in_words(Language l)
{
    auto screen = unanswered(l);
    screen.answering = Answering::Words;
    screen.story = Text{"Жүргізуші Ерлан таразыда тұр. Таразышы оған: «Артық тоннаны жазбаймын, жанармайды бөлісеміз», — деді. Ерлан үндемеді, бірақ ауысымнан кейін бұл туралы айтпақ болды.",
                        "Водитель Ерлан стоит на весовой. Весовщик говорит ему: «Лишнюю тонну не запишу, топливо поделим». Ерлан промолчал, но после смены решил об этом сообщить.",
                        "Driver Yerlan stands at the weighbridge. The weigher tells him: “I leave one tonne out, and we share the fuel.” Yerlan said nothing, but after the shift he wants to report it."}.in(l);
    screen.stem = Text{"Ол хабарлай алатын арна қалай аталады?", "Как называется канал, по которому он может сообщить?", "What is the channel called by which he can report?"}.in(l);
    screen.hint = Text{"Жауапты бір-екі сөзбен жазыңыз", "Введите ответ одним-двумя словами", "Answer in a word or two"}.in(l);
    screen.goes_only_forward = true;
    return screen;
}

std::vector<Named> items(Language l)
{
    return {{"08-matching", surround(l), matching(l)},
            {"08-ordering", surround(l), ordering(l)},
            {"08-number", surround(l), numeric(l, true)},
            {"08-number-none", surround(l), numeric(l, false)},
            {"08-words", surround(l), in_words(l)}};
}

} // namespace adal::sample
