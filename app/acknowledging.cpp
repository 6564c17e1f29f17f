#include "app/acknowledging.hpp"
#include "app/reading.hpp"
#include <algorithm>

namespace adal::app {
namespace {

std::string with_name(std::string declaration, const std::string& name)
{
    static const std::string place = "{name}";
    if (const auto at = declaration.find(place); at != std::string::npos) declaration.replace(at, place.size(), name);
    return declaration;
}

std::string joined(const std::set<int>& numbers)
{
    std::string text;
    for (const int number : numbers) text += (text.empty() ? "" : ", ") + std::to_string(number);
    return text;
}
} // namespace

Expected<Acknowledging> Acknowledging::open(Desk& desk, const ToAcknowledgement& wish)
{
    Acknowledging acknowledging{desk, wish.document};
    if (const auto text = acknowledging.text(); !text) return text.error();
    return acknowledging;
}

Expected<std::shared_ptr<const content::DocumentText>> Acknowledging::text() const
{
    return desk_->library().document(document_, desk_->visit.language);
}

const ReadingTime* Acknowledging::reading_time(int version) const
{
    const auto& reading = desk_->history().reading;
    const auto found = reading.find({document_, version});
    return found == reading.end() ? nullptr : &found->second;
}

Move Acknowledging::on(const screens::TypeDigit& typed)
{
    digits_.add(typed.digit);
    if (digits_.count() == 1) notice_.reset();
    return Stay{};
}

Move Acknowledging::on(const screens::EraseDigit&)
{
    digits_.erase();
    return Stay{};
}

Move Acknowledging::on(const screens::ClearDigits&)
{
    digits_.clear();
    return Stay{};
}

Move Acknowledging::on(const screens::OpenParagraph& wish) const
{
    const auto [document, anchor] = split_reference(wish.reference);
    return ToDocument{document, anchor, {}};
}

Move Acknowledging::on(const screens::Confirm&)
{
    auto doorkeeper = desk_->doorkeeper();
    if (!digits_.is_full() || !doorkeeper.patience(desk_->person()).may_try()) return Stay{};
    const bool is_right = doorkeeper.accepts(desk_->person(), digits_.text());
    digits_.clear();
    return is_right ? accept() : refuse();
}

Move Acknowledging::accept()
{
    const auto read = text();
    const auto hash = desk_->library().text_hash(document_, desk_->visit.language);
    if (!read || !hash) {
        notice_ = refused(read ? hash.error() : read.error());
        return Stay{};
    }
    content::DocumentAcknowledged fact{document_, (*read)->version,    desk_->visit.language, {},
                                       *hash,     (*read)->declaration};
    if (const auto* time = reading_time((*read)->version))
        for (const auto& [language, sections] : time->sections_by_language()) fact.read_in.push_back(language);
    if (!keep({fact})) return Stay{};
    return ToDuties{};
}

Move Acknowledging::refuse()
{
    if (!done_or_say(desk_->doorkeeper().refuse(desk_->person()))) return Stay{};
    const auto tries = desk_->doorkeeper().patience(desk_->person()).tries_left;
    notice_ = told("kiosk.secret.wrong_pin", {{"tries", std::to_string(tries)}});
    return Stay{};
}

screens::State Acknowledging::screen() const
{
    screens::AcknowledgementScreen screen;
    const auto read = text();
    if (!read) return screen;
    const auto patience = desk_->doorkeeper().patience(desk_->person());
    screen.declaration = with_name((*read)->declaration, desk_->person().full_name());
    screen.document = desk_->say("kiosk.acknowledgement.document",
                                 {{"title", (*read)->title}, {"edition", edition_of(*desk_, **read)}});
    screen.languages = languages(**read);
    screen.time = time(**read);
    screen.fingerprint = fingerprint();
    screen.typed = digits_.count();
    screen.needed = digits_.needed();
    screen.wait_seconds = patience.wait_seconds;
    screen.can_confirm = digits_.is_full() && patience.may_try();
    screen.notice = desk_->in_words(patience.is_locked ? told("kiosk.secret.locked") : notice_);
    return screen;
}

// "Kazakh; in Russian: sections 5, 6": the language most was read in comes first and needs no numbers.
std::string Acknowledging::languages(const content::DocumentText& text) const
{
    const auto* time = reading_time(text.version);
    if (!time) return {};
    const auto sections = time->sections_by_language();
    const auto main = std::max_element(sections.begin(), sections.end(), [](const auto& one, const auto& other) {
        return one.second.size() < other.second.size();
    });
    if (main == sections.end()) return {};
    const auto name = [&](Language language) { return desk_->say("kiosk.language." + std::string{code(language)}); };
    std::string words = name(main->first);
    for (const auto& [language, numbers] : sections)
        if (language != main->first)
            words += desk_->say("kiosk.acknowledgement.also", {{"language", name(language)},
                                                               {"sections", joined(numbers)},
                                                               {"count", std::to_string(numbers.size())}});
    return words;
}

std::string Acknowledging::time(const content::DocumentText& text) const
{
    const auto* time = reading_time(text.version);
    const int minutes = time ? (time->total() + 30) / 60 : 0;
    return desk_->say(minutes > 0 ? "kiosk.acknowledgement.time" : "kiosk.acknowledgement.short_time",
                      {{"minutes", std::to_string(minutes)}});
}

std::string Acknowledging::fingerprint() const
{
    const auto hash = desk_->library().text_hash(document_, desk_->visit.language);
    if (!hash) return {};
    const auto hex = to_hex(*hash);
    const auto four = [&](std::size_t at) { return hex.substr(at, 4); };
    return four(0) + " " + four(4) + " " + four(8) + " … " + four(56) + " " + four(60) + " (SHA-256)";
}

} // namespace adal::app
