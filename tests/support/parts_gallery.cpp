// Draws every part, in both themes, to PNG files for a person to look at:
//     xvfb-run -a build/dev/bin/parts_gallery /tmp/gallery
#include "app/widgets/parts.hpp"
#include "app/window/window.hpp"
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>

using namespace adal;
using namespace adal::widgets;

namespace {

const std::vector<Segment> languages = {{"language.kk", "Қаз"}, {"language.ru", "Рус"}, {"language.en", "Eng"}};

Header sample_header(bool person = true)
{
    Header h;
    h.demo = "Үлгі";
    h.place = "Балқаш · механика цехы · Т-07";
    h.place_short = "Балқаш · Т-07";
    if (person) h.person = "Айгерім С.";
    h.saved = "Осында сақталды";
    h.at_hq = "Бас кеңседе: 09:40";
    h.clock = "14:05";
    if (person) h.languages = languages;
    h.language = "language.kk";
    return h;
}

void heading(Frame& f, Rect& column, std::string_view words)
{
    column.cut_top(20);
    text(f, column.cut_top(32, 10), words, {Type::Heading});
}

void buttons(Frame& f, Rect row)
{
    const auto cell = [&] { return row.cut_left(208, 24); };
    button(f, cell(), {.id = "b.next", .label = "Next", .kind = Kind::Primary, .arrow = Icon::Right});
    f.focus("b.focus");
    f.state();
    button(f, cell(), {.id = "b.focus", .label = "Next", .kind = Kind::Primary, .arrow = Icon::Right});
    button(f, cell(), {.id = "b.held", .label = "Next", .kind = Kind::Primary, .arrow = Icon::Right});
    button(f, cell(), {.id = "b.busy", .label = "Saving", .kind = Kind::Primary, .busy = true});
    button(f, cell(), {.id = "b.off", .label = "Next", .kind = Kind::Primary, .enabled = false});
}

void more_buttons(Frame& f, Rect row)
{
    const auto cell = [&] { return row.cut_left(208, 24); };
    button(f, cell(), {.id = "b.back", .label = "Back", .icon = Icon::Left});
    button(f, cell(), {.id = "b.long", .label = "Не согласен с результатом проверки", .icon = Icon::Scale});
    button(f, cell(), {.id = "b.flag", .label = "Flag", .kind = Kind::Quiet, .icon = Icon::Flag, .tone = Tone::Copper});
    button(f, cell(), {.id = "b.refuse", .label = "I refuse", .kind = Kind::Grave, .icon = Icon::X});
    icon_button(f, row.cut_left(56, 12).centred(56, 56), {.id = "i.search", .label = "Search", .icon = Icon::Search});
    icon_button(f, row.cut_left(56, 12).centred(56, 56),
                {.id = "i.sound", .label = "Listen", .icon = Icon::Sound, .on = true});
    icon_button(f, row.cut_left(56, 12).centred(56, 56),
                {.id = "i.pause", .label = "Pause", .icon = Icon::Pause, .round = true});
}

void option_rows(Frame& f, Rect area)
{
    const auto cell = [&](std::size_t i) { return area.cell(i, 2, 84, 24, 12); };
    option(f, cell(0), {.id = "o.1", .number = 1, .text = "Default"});
    option(f, cell(1),
           {.id = "o.2", .number = 2, .text = "Selected: fill, border 3, bold number, check", .selected = true});
    option(f, cell(2), {.id = "o.3", .number = 3, .text = "Several answers", .several = true});
    option(f, cell(3),
           {.id = "o.4", .number = 4, .text = "Several answers, chosen", .selected = true, .several = true});
    option(f, cell(4), {.id = "o.5", .text = "Module check only: this one is right", .verdict = Verdict::Right});
    option(f, cell(5), {.id = "o.6", .text = "Module check only: not this one, and why", .verdict = Verdict::Wrong});
}

void chips(Frame& f, Rect area)
{
    constexpr std::string_view words[] = {
        "not due",          "due",     "in progress", "awaiting a person", "done",  "refused",
        "attempts used up", "overdue", "expired",     "suspended",         "waived"};
    Point at{area.x, area.y};
    for (std::size_t i = 0; i < std::size(words); ++i) {
        const auto one = duty_chip(static_cast<DutyLook>(i), std::string(words[i]));
        const float width = chip_width(f, one);
        if (at.x + width > area.right()) at = {area.x, at.y + 40};
        at.x += chip(f, at, one) + 8;
    }
}

void banners(Frame& f, Rect area)
{
    const auto cell = [&](std::size_t i) { return area.cell(i, 2, 84, 24, 12); };
    banner(
        f, cell(0),
        {.tone = Tone::Patina, .icon = Icon::Check, .strong = "Saved", .plain = "Your answers are on this terminal."});
    banner(f, cell(1),
           {.tone = Tone::Copper,
            .icon = Icon::Alert,
            .strong = "Working without the network",
            .plain = "Nothing is lost. HQ gets it later."});
    banner(f, cell(2),
           {.tone = Tone::Alarm,
            .icon = Icon::Alert,
            .strong = "The stick could not be read",
            .plain = "Line 14 of bundle 0007. Nothing changed."});
    banner(f, cell(3), {.strong = "Language changed", .plain = "Same page, same answer."});
}

void fields(Frame& f, Rect area)
{
    static std::string empty, full = "204 117", wrong = "204 1";
    field(f, area.column(0, 3, 24), {.id = "f.1", .label = "Default", .placeholder = "Search", .icon = Icon::Search},
          empty);
    field(f, area.column(1, 3, 24), {.id = "f.2", .label = "Focus"}, full);
    field(f, area.column(2, 3, 24), {.id = "f.3", .label = "Error", .error = "Six digits are needed, there are four"},
          wrong);
}

void rings_and_bars(Frame& f, Rect area)
{
    ring(f, area.cut_left(168, 24).with_height(168), {.share = 0.8F, .tick = 0.7F, .figure = "16", .caption = "из 20"});
    ring(f, area.cut_left(88, 24).with_height(88), {.share = 0.64F, .figure = "20", .tone = Tone::Copper});
    Rect bars = area.cut_left(300, 24);
    progress_bar(f, bars.cut_top(8, 16), 0.38F, "3 / 8");
    segments(f, bars.cut_top(8, 16), 7, 4, "5 / 7", 8);
    segments(f, bars.cut_top(6, 16), 20, 6, "7 / 20");
    score_bar(f, bars.cut_top(14, 16).with_width(184), 3, 4);
    timer_chip(f, bars.cut_top(48, 12), "18:42", "минут қалды");
    list_row(f, area.cut_top(88, 12),
             {.id = "l.1", .title = "Проверка контрагента", .note = "до договора, 1 минута", .plate = "6.2"});
    fact_row(f, area.cut_top(44), Icon::Book, "Құжат", "Кодекс, 3-редакция, үлгі");
    contents_row(f, area.cut_top(56),
                 {.id = "c.4", .number = "4", .title = "Подарки и гостеприимство", .current = true});
}

void small_cards(Frame& f, Rect area)
{
    card(f, area.column(0, 4, 20), CardLook::Next);
    card(f, area.column(1, 4, 20), CardLook::Done);
    const Rect empty = area.column(2, 4, 20);
    card(f, empty);
    empty_state(f, empty.inset(16), Icon::Check, "Nothing is due", "The next refresher comes on 24 February.");
    skeleton(f, area.column(3, 4, 20));
}

void components(Frame& f)
{
    f.paint().fill(f.screen(), f(Token::Ground));
    Rect column = f.screen().inset(40, 20);
    Rect top = column.cut_top(56);
    mark(f, top.cut_left(56, 16));
    text(f, top.cut_top(40), "Zhez: parts and their states", {Type::Title});
    heading(f, column, "Buttons");
    buttons(f, column.cut_top(64, 16));
    more_buttons(f, column.cut_top(64));
    heading(f, column, "Option rows");
    option_rows(f, column.cut_top(276));
    heading(f, column, "Duty states: icon, word and colour together");
    chips(f, column.cut_top(72));
    heading(f, column, "Banners");
    banners(f, column.cut_top(180));
    heading(f, column, "Fields");
    fields(f, column.cut_top(124));
    heading(f, column, "Rings, bars, rows");
    rings_and_bars(f, column.cut_top(212));
    heading(f, column, "Cards, empty, loading");
    small_cards(f, column.cut_top(200));
    Rect bottom = column;
    bottom.cut_top(24);
    keypad(f, bottom.cut_left(360, 40).with_height(keypad_height(72, 8)),
           {.clear = "Стереть", .erase = "Стереть одну", .gap = 8});
    pin_dots(f, bottom.cut_top(90, 16), {.filled = 4, .words = "4 из 6"});
    pin_dots(f, bottom.cut_top(56, 16).with_width(366), {.filled = 6, .words = "6 / 6", .compact = true});
    const std::vector<std::string> names = {"Табельный номер", "ПИН-код"};
    steps(f, bottom.cut_top(40, 16), names, 1);
    const std::vector<Run> runs = {
        {.text = "Сувенир с логотипом на общем празднике допустим, если он недорог и вручён открыто.", .marked = true},
        {.text = " О нём всё равно сообщают руководителю, "},
        {.text = "всегда", .bold = true},
        {.text = ", а "},
        {.text = "иногда", .italic = true},
        {.text = " и "},
        {.text = "письменно", .link = "code.4.2"},
        {.text = "."}};
    anchor_plate(f, bottom.cut_left(64, 16).with_height(34), "p.4.2", "4.2", true);
    rich_text(f, bottom, runs);
}

void item(Frame& f)
{
    const Page p = page(f);
    header(f, sample_header());
    Rect body = p.body;
    body.cut_top(16);
    Rect top = body.cut_top(48, 12);
    const float chip = timer_chip(f, top, "18:42", "минут қалды");
    top.cut_right(chip, 16);
    icon_line(f, top, Icon::Term, "Жауап сақталды", {Type::SmallStrong, Token::Patina, Align::Right}, 22);
    const float title = line(f, top, "Білімді тексеру", {Type::Subheading});
    top.cut_left(title, 16);
    line(f, top, "20 сұрақтың 7-сі", {Type::Note, Token::Ink2});
    segments(f, body.cut_top(6, 20), 20, 6, "7 / 20");
    body.cut_bottom(20);
    Rect side = body.cut_right(palette_width(f), f.narrow() ? 20.F : 28.F);
    std::vector<Cell> cells(20);
    for (std::size_t i = 0; i < 6; ++i) cells[i].answered = true;
    cells[2].flagged = cells[4].flagged = cells[6].current = true;
    palette(f, side, cells, {"Сұрақтар", "7 / 20", "жауап берілді", "белгіленді", "жауапсыз", "Жоғары", "Төмен"});
    Rect stem = body;
    icon_button(f, stem.cut_right(56, 16).with_height(56),
                {.id = "item.listen", .label = "Тыңдау", .icon = Icon::Sound});
    const std::string words = "Мердігер қойма қызметкеріне мерекеде қымбат сағат ұсынды. Қызметкер не істеуі керек?";
    const float h = text_height(f, stem.w, words, {Type::Question});
    text(f, stem.with_height(h), words, {Type::Question});
    body.cut_top(h + 4);
    text(f, body.cut_top(line_height(f, Type::Small), 16), "Бір жауапты таңдаңыз", {Type::Small, Token::Ink2});
    static std::vector<Option> list = {{.id = "item.a", .number = 1, .text = "Сағатты алып, ешкімге айтпау"},
                                       {.id = "item.b",
                                        .number = 2,
                                        .text = "Сыпайы бас тартып, сол күні комплаенс-қызметке хабарлау",
                                        .selected = true},
                                       {.id = "item.c", .number = 3, .text = "Сағатты алып, кейін басқа сыйлық беру"},
                                       {.id = "item.d", .number = 4, .text = "Сағатты бөлім басшысына сыйлау"}};
    if (const auto chosen = options(f, body, list))
        for (std::size_t i = 0; i < list.size(); ++i) list[i].selected = i == *chosen;
    Footer foot(f, p.footer);
    foot.left({.id = "item.leave", .label = "Кетуім керек", .icon = Icon::Door});
    foot.right({.id = "item.next", .label = "Келесі", .kind = Kind::Primary, .arrow = Icon::Right});
    foot.right({.id = "item.back", .label = "Артқа", .icon = Icon::Left});
    foot.middle(
        {.id = "item.flag", .label = "Белгілеу", .kind = Kind::Quiet, .icon = Icon::Flag, .tone = Tone::Copper});
}

void idle(Frame& f)
{
    item(f);
    Dialog dialog(f, "idle", "Сіз осындасыз ба?", 332);
    Rect in = dialog.inside();
    Rect top = in.cut_top(88, 24);
    ring(f, top.cut_left(88, 20), {.share = 0.64F, .figure = "20", .tone = Tone::Copper});
    text(f, top.moved(0, 6).with_height(40), "Сіз осындасыз ба?", {Type::CardTitle});
    text(f, top.moved(0, 52).with_height(28), "20 секундтан кейін экран жабылады.", {Type::Body});
    in.cut_top(
        banner(f, in,
               {.tone = Tone::Patina, .icon = Icon::Term, .plain = "Жауаптарыңыз сақталды. Тест уақыты жүріп жатыр."}),
        24);
    Rect row = in.cut_top(72);
    const Button cover{.id = "idle.cover", .label = "Қазір жабу", .icon = Icon::Lock};
    button(f, row.cut_left(button_width(f, cover), 12), cover);
    button(f, row, {.id = "idle.here", .label = "Мен осындамын", .kind = Kind::Primary});
}

void start(Frame& f)
{
    page(f, false);
    Rect body = f.screen();
    body.cut_top(space::header);
    const Rect right = body.cut_right(std::round(body.w * 0.4375F));
    scene(f, right, "pit-day");
    vertical_hairline(f, right);
    header(f, sample_header(false));
    Rect in = body.inset(f.margin(), 0);
    in.cut_top(32);
    text(f, in.cut_top(56, 8), "Қош келдіңіз", {Type::Display});
    const std::string lead =
        "Кодексті оқыңыз, модульдерден өтіңіз, білімді тексеріңіз. Байланыс болмаса да бәрі сақталады.";
    text(f, in.cut_top(text_height(f, std::min(in.w, 560.F), lead, {Type::Lead}), 28).with_width(std::min(in.w, 560.F)),
         lead, {Type::Lead, Token::Ink2});
    const Rect tiles = in.cut_top(88, 24);
    choice_tile(f, tiles.column(0, 3, 12), "start.kk", "Қазақша", true);
    choice_tile(f, tiles.column(1, 3, 12), "start.ru", "Русский", false);
    choice_tile(f, tiles.column(2, 3, 12), "start.en", "English", false);
    button(f, in.cut_top(96, 16),
           {.id = "start.enter",
            .label = "Кіру",
            .kind = Kind::Primary,
            .icon = Icon::Badge,
            .arrow = Icon::Right,
            .note = "Бейджді тигізіңіз немесе табельдік нөмірді теріңіз"});
    const Rect row = in.cut_top(72, 12);
    button(f, row.column(0, 2, 12), {.id = "start.first", .label = "Бірінші рет кіремін", .icon = Icon::Key});
    button(f, row.column(1, 2, 12), {.id = "start.speak", .label = "Speak Up: хабарлау", .icon = Icon::Voice});
    icon_line(f, in.cut_top(24), Icon::Lock, "Хабарлау үшін кірудің қажеті жоқ",
              {Type::Small, Token::Ink2, Align::Right});
}

void matching(Frame& f)
{
    const Page p = page(f);
    header(f, sample_header());
    Rect body = p.body;
    body.cut_top(24);
    text(f, body.cut_top(38, 16), "What do you do in each situation?", {Type::Question});
    const Rect area = body;
    const auto left = [&](std::size_t i) { return area.with_width((area.w - 112) / 2).cell(i, 1, 84, 0, 12); };
    const auto right = [&](std::size_t i) { return left(i).moved((area.w + 112) / 2, 0); };
    match_curve(f, left(0), right(1));
    match_curve(f, left(1), right(3));
    match_curve(f, left(2), right(0));
    match_left(f, left(0), {"m.a", "A contractor offers you a watch", "2", MatchLook::Matched});
    match_left(f, left(1), {"m.b", "Your brother bids for our tender", "4", MatchLook::Matched});
    match_left(f, left(2), {"m.c", "You saw a forged weigh slip", "1", MatchLook::Matched});
    match_left(f, left(3), {"m.d", "A supplier refuses the clause", "", MatchLook::Active});
    match_right(f, right(0), {"m.1", "Report it through Speak Up", "1", MatchLook::Matched});
    match_right(f, right(1), {"m.2", "Decline and tell compliance today", "2", MatchLook::Matched});
    match_right(f, right(2), {"m.3", "Send it to the counterparty register", "3", MatchLook::Open});
    match_right(f, right(3), {"m.4", "File a conflict of interests form", "4", MatchLook::Matched});
    Footer foot(f, p.footer);
    foot.left({.id = "m.leave", .label = "I must leave", .icon = Icon::Door});
    foot.right({.id = "m.next", .label = "Next", .kind = Kind::Primary, .arrow = Icon::Right});
    foot.note(Icon::Term, "page saved here");
}

struct Sheet {
    const char* name;
    Size size;
    Settings settings;
    void (*draw)(Frame&);
};

bool save(const std::filesystem::path& folder, const Sheet& sheet)
{
    const auto begun = std::chrono::steady_clock::now();
    auto window = window::Window::open({.title = "Adal parts", .size = sheet.size});
    if (!window) {
        std::fprintf(stderr, "%s\n", window.error().message().c_str());
        return false;
    }
    Ui ui;
    const window::Draw draw = [&](const window::Shot& shot) { ui.draw(shot, sheet.settings, sheet.name, sheet.draw); };
    window->draw_now(draw);
    const auto first = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
    window->draw_now(draw);
    window->draw_now(draw);
    const auto saved = window->save_png(folder / (std::string(sheet.name) + ".png"));
    fmt::print("{:24} first frame after {} ms\n", sheet.name, first.count());
    for (const auto& fault : ui.registry().faults(sheet.size)) fmt::print("    {}\n", fault);
    return bool(saved);
}

} // namespace

int main(int count, char** words)
{
    if (count < 2) {
        std::fprintf(stderr, "parts_gallery <folder> [name]\n");
        return 2;
    }
    std::filesystem::create_directories(words[1]);
    const Sheet sheets[] = {{"start", {1280, 800}, {}, start},
                            {"start-1920", {1920, 1080}, {}, start},
                            {"start-1024", {1024, 768}, {}, start},
                            {"components", {1280, 2240}, {}, components},
                            {"components-dark", {1280, 2240}, {.dark = true}, components},
                            {"item", {1280, 800}, {}, item},
                            {"item-dark", {1280, 800}, {.dark = true}, item},
                            {"item-1024", {1024, 768}, {}, item},
                            {"item-1920-large", {1920, 1080}, {.text_size = 3}, item},
                            {"idle", {1280, 800}, {}, idle},
                            {"idle-dark", {1280, 800}, {.dark = true}, idle},
                            {"matching", {1280, 800}, {}, matching}};
    bool all = true;
    for (const auto& sheet : sheets)
        if (count < 3 || std::string_view(sheet.name) == words[2]) all = save(words[1], sheet) && all;
    return all ? 0 : 1;
}
