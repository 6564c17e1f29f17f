#include "app/reading.hpp"
#include "content/language/dates.hpp"
#include <algorithm>

namespace adal::app {

std::pair<DocumentId, std::string> split_reference(const std::string& reference)
{
    const auto hash = reference.find('#');
    if (hash == std::string::npos) return {DocumentId{reference}, ""};
    return {DocumentId{reference.substr(0, hash)}, reference.substr(hash + 1)};
}

int section_of(const content::DocumentText& text, const std::string& anchor)
{
    if (anchor.empty()) return 0;
    for (const auto& section : text.sections)
        for (const auto& block : section.blocks)
            if (block.anchor == anchor) return section.number;
    return 0;
}

std::string edition_of(const Desk& desk, const content::DocumentText& text)
{
    const auto key = text.status == content::DocumentStatus::InForce ? "kiosk.reader.edition.in_force"
                                                                     : "kiosk.reader.edition.repealed";
    const auto edition = desk.say(key, {{"version", std::to_string(text.version)},
                                        {"date", language::full_date(text.date, desk.visit.language)},
                                        {"number", text.number}});
    return text.is_specimen ? desk.say("kiosk.reader.specimen", {{"edition", edition}}) : edition;
}

Expected<Reading> Reading::open(Desk& desk, const ToDocument& wish)
{
    Reading reading{desk, wish};
    const auto text = reading.text();
    if (!text) return text.error();
    const int of_anchor = section_of(**text, wish.anchor);
    const int unread = reading.first_unread(**text);
    const auto* mine = reading.achievement((*text)->version);
    const int resume = unread > 0 ? unread : mine && mine->done ? 1 : (*text)->sections.back().number;
    reading.open_section(of_anchor > 0 ? of_anchor : resume, of_anchor > 0 ? wish.anchor : "");
    return reading;
}

Expected<std::shared_ptr<const content::DocumentText>> Reading::text() const
{
    return desk_->library().document(document_, desk_->visit.language);
}

const sync::Achievement* Reading::achievement(int version) const
{
    const auto* found = desk_->history().achievements.find(document_.text);
    return found && found->version == version ? found : nullptr;
}

int Reading::first_unread(const content::DocumentText& text) const
{
    const auto* mine = achievement(text.version);
    for (const auto& section : text.sections)
        if (!mine || !mine->parts.contains(section.number)) return section.number;
    return 0;
}

void Reading::open_section(int number, const std::string& anchor)
{
    section_ = number;
    marked_anchor_ = anchor;
    since_ = desk_->now();
}

content::SectionRead Reading::section_read(int version) const
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(desk_->now().uptime - since_->uptime);
    return {document_, version, section_, desk_->visit.language, static_cast<int>(seconds.count())};
}

bool Reading::close_section()
{
    const auto read = text();
    if (!since_ || !read) return true;
    if (!keep({section_read((*read)->version)})) return false;
    since_.reset();
    return true;
}

std::optional<Message> Reading::leave()
{
    close_section();
    return notice_;
}

void Reading::before_language_change()
{
    if (!since_ || desk_->now().uptime - since_->uptime < std::chrono::seconds{1}) return; // a glance
    close_section();
    since_ = desk_->now();
}

Move Reading::on(const screens::GoToSection& wish)
{
    const auto read = text();
    if (!read || wish.section == section_) return Stay{};
    const auto& sections = (*read)->sections;
    const bool exists =
        std::any_of(sections.begin(), sections.end(), [&](const auto& each) { return each.number == wish.section; });
    if (exists && close_section()) open_section(wish.section);
    return Stay{};
}

Move Reading::on(const screens::OpenParagraph& wish)
{
    const auto [document, anchor] = split_reference(wish.reference);
    const auto read = text();
    if (document != document_ || !read) return ToDocument{document, anchor, back_};
    if (const int section = section_of(**read, anchor); section > 0 && close_section()) open_section(section, anchor);
    return Stay{};
}

// How long is never asked; that each section has been on the screen is, because the declaration says so.
Move Reading::on(const screens::ShowAcknowledgement&)
{
    const auto read = text();
    if (!read || !close_section()) return Stay{};
    const auto* mine = achievement((*read)->version);
    const int unread = first_unread(**read);
    if (unread == 0 && !(mine && mine->done)) return ToAcknowledgement{document_};
    open_section(unread > 0 ? unread : section_);
    if (unread > 0) notice_ = told("kiosk.reader.unread", {{"section", std::to_string(unread)}});
    return Stay{};
}

Move Reading::on(const screens::ShowDuties&) const
{
    if (back_) return ToResult{*back_};
    return ToDuties{};
}

screens::State Reading::screen() const
{
    screens::ReaderScreen screen;
    screen.document = document_;
    screen.notice = desk_->in_words(notice_);
    screen.from_result = back_.has_value();
    const auto read = text();
    if (!read) return screen;
    const auto& text = **read;
    const auto* mine = achievement(text.version);
    screen.title = text.title;
    screen.edition = edition_of(*desk_, text);
    screen.section = section_;
    screen.marked_anchor = marked_anchor_;
    screen.is_acknowledged = mine && mine->done;
    screen.is_last = !text.sections.empty() && text.sections.back().number == section_;
    for (const auto& section : text.sections) {
        screen.contents.push_back({section.number, section.title, mine && mine->parts.contains(section.number)});
        if (section.number != section_) continue;
        screen.section_title = section.title;
        screen.blocks = section.blocks;
    }
    return screen;
}

} // namespace adal::app
