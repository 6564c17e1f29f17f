#include "app/learning.hpp"
#include "app/reading.hpp"
#include <algorithm>

namespace adal::app {

Expected<Learning> Learning::open(Desk& desk, const ToModule& wish)
{
    Learning learning{desk, wish.module};
    const auto text = learning.text();
    if (!text) return text.error();
    const auto* mine = learning.achievement((*text)->version);
    const int unfinished = learning.first_unfinished(**text);
    const int pages = static_cast<int>((*text)->pages.size());
    learning.page_ = mine && mine->done ? 1 : std::min(unfinished, pages);
    return learning;
}

Expected<std::shared_ptr<const content::ModuleText>> Learning::text() const
{
    return desk_->library().module(module_, desk_->visit.language);
}

const sync::Achievement* Learning::achievement(int version) const
{
    const auto* found = desk_->history().achievements.find(module_.text);
    return found && found->version == version ? found : nullptr;
}

int Learning::first_unfinished(const content::ModuleText& text) const
{
    const auto* mine = achievement(text.version);
    int page = 1;
    while (mine && mine->parts.contains(page)) ++page;
    return page;
}

const content::CheckAnswered* Learning::answer(const content::ModuleText& text, const ItemId& item) const
{
    const auto& checks = desk_->history().checks;
    const auto mine = checks.find({module_, text.version});
    if (mine == checks.end()) return nullptr;
    const auto found = mine->second.find(item);
    return found == mine->second.end() ? nullptr : &found->second;
}

bool Learning::may_go_on(const content::ModuleText& text) const
{
    const auto check = desk_->library().check(module_, page_);
    const auto* mine = achievement(text.version);
    const bool is_finished = mine && mine->parts.contains(page_); // perhaps at another terminal, which keeps the answer
    return !check || is_finished || answer(text, check->id);
}

Move Learning::on(const screens::GoToPage& wish)
{
    const auto read = text();
    if (!read) return Stay{};
    const auto& text = **read;
    const bool is_known =
        wish.page >= 1 && wish.page <= std::min<int>(first_unfinished(text), static_cast<int>(text.pages.size()));
    if (wish.page == page_ + 1) return finish_page(text);
    if (is_known) page_ = wish.page;
    return Stay{};
}

Move Learning::on(const screens::Confirm&)
{
    const auto read = text();
    return read ? finish_page(**read) : Stay{};
}

Move Learning::finish_page(const content::ModuleText& text)
{
    if (!may_go_on(text)) return Stay{};
    const auto* mine = achievement(text.version);
    const int pages = static_cast<int>(text.pages.size());
    std::vector<sync::Fact> facts;
    if (!mine || !mine->parts.contains(page_))
        facts.push_back(content::PageFinished{module_, text.version, page_, desk_->visit.language});
    const bool completes = page_ == pages && first_unfinished(text) >= pages && !(mine && mine->done);
    if (completes) facts.push_back(content::ModuleCompleted{module_, text.version});
    if (!facts.empty() && !keep(facts)) return Stay{};
    if (page_ == pages) return ToDuties{};
    ++page_;
    return Stay{};
}

// A wrong answer is explained and may be mended; a right one stays.
Move Learning::on(const screens::AnswerCheck& wish)
{
    const auto read = text();
    const auto check = desk_->library().check(module_, page_);
    if (!read || !check || check->id != wish.item) return Stay{};
    const auto choice = std::find_if(check->choices.begin(), check->choices.end(),
                                     [&](const auto& each) { return each.id == wish.choice; });
    const auto* before = answer(**read, wish.item);
    if (choice == check->choices.end() || (before && (before->right || before->choice == wish.choice))) return Stay{};
    keep({content::CheckAnswered{module_, (*read)->version, wish.item, wish.choice, choice->is_right,
                                 desk_->visit.language}});
    return Stay{};
}

Move Learning::on(const screens::OpenParagraph& wish) const
{
    const auto [document, anchor] = split_reference(wish.reference);
    return ToDocument{document, anchor, {}};
}

screens::State Learning::screen() const
{
    screens::ModuleScreen screen;
    screen.module = module_;
    screen.page = page_;
    screen.notice = desk_->in_words(notice_);
    const auto read = text();
    if (!read) return screen;
    const auto& text = **read;
    screen.pages = static_cast<int>(text.pages.size());
    screen.module_title = text.title;
    screen.title = text.pages.at(static_cast<std::size_t>(page_ - 1)).title;
    screen.is_last = page_ == screen.pages;
    screen.can_go_on = may_go_on(text);
    if (const auto check = desk_->library().check(module_, page_)) screen.check = check_shown(text, *check);
    add_blocks(screen, text);
    return screen;
}

void Learning::add_blocks(screens::ModuleScreen& screen, const content::ModuleText& text) const
{
    for (const auto& block : text.pages.at(static_cast<std::size_t>(page_ - 1)).blocks) {
        if (block.kind == content::BlockKind::Check) continue;
        if (block.kind != content::BlockKind::Picture) {
            screen.blocks.push_back(block);
            continue;
        }
        screen.picture_text = content::plain(block.runs);
        if (const auto texture = desk_->library().picture(module_, block.picture))
            screen.picture = screens::Picture{module_.text + "/" + block.picture,
                                              texture->width,
                                              texture->height,
                                              {texture, &texture->rgba}}; // shares the texture's life
    }
}

screens::ModuleScreen::Check Learning::check_shown(const content::ModuleText& text, const quizzes::Item& item) const
{
    const auto language = desk_->visit.language;
    screens::ModuleScreen::Check check{item.id, item.stem.in(language), {}, {}, false, {}, {}};
    const auto* given = answer(text, item.id);
    for (const auto& choice : item.choices) {
        check.options.push_back({choice.id, choice.text.in(language)});
        if (!given || given->choice != choice.id) continue;
        check.chosen = choice.id;
        check.is_right = choice.is_right;
        check.verdict = desk_->say(choice.is_right ? "kiosk.check.right" : "kiosk.check.not_quite");
        check.feedback = choice.feedback.in(language);
    }
    return check;
}

} // namespace adal::app
