#include "sync/events/event.hpp"
#include "content/base/overloaded.hpp"
#include <algorithm>
#include <cassert>
#include <limits>
#include <nlohmann/json.hpp>

namespace adal::sync {
namespace {

using nlohmann::json; // objects are std::map: keys come out sorted

// ---- How a member is written. Each pair is strict: `read` fails on any other type or word.

template <class E> using Word = std::pair<E, std::string_view>;
template <class E> struct WordsOf;
template <> struct WordsOf<Language> {
    static constexpr Word<Language> all[]{{Language::kk, "kk"}, {Language::ru, "ru"}, {Language::en, "en"}};
};
template <> struct WordsOf<Identification> {
    static constexpr Word<Identification> all[]{{Identification::OneTimeCode, "one-time code"},
                                                {Identification::Pin, "PIN"},
                                                {Identification::BadgeAndPin, "badge and PIN"},
                                                {Identification::Witnessed, "witnessed"}};
};
template <> struct WordsOf<SignOutReason> {
    static constexpr Word<SignOutReason> all[]{{SignOutReason::Asked, "asked"},
                                               {SignOutReason::NotMe, "not me"},
                                               {SignOutReason::Idle, "idle"},
                                               {SignOutReason::Restart, "restart"}};
};
template <> struct WordsOf<quizzes::CloseReason> {
    static constexpr Word<quizzes::CloseReason> all[]{{quizzes::CloseReason::Submitted, "submitted"},
                                                      {quizzes::CloseReason::TimeExpired, "time expired"},
                                                      {quizzes::CloseReason::Interrupted, "interrupted"}};
};

template <class E>
requires std::is_enum_v<E> json write(E value)
{
    for (const auto& [known, word] : WordsOf<E>::all)
        if (known == value) return word;
    assert(false);
    return {};
}
template <class E>
requires std::is_enum_v<E>
bool read(const json& from, E& value)
{
    if (!from.is_string()) return false;
    for (const auto& [known, word] : WordsOf<E>::all) {
        if (word != from.get_ref<const std::string&>()) continue;
        value = known;
        return true;
    }
    return false;
}

template <class I>
requires std::is_integral_v<I> json write(I value) { return value; }
inline bool read(const json& from, bool& value)
{
    if (from.is_boolean()) value = from.get<bool>();
    return from.is_boolean();
}
template <class I>
requires std::is_integral_v<I>
bool read(const json& from, I& value)
{
    if (!from.is_number_integer() ||
        (from.is_number_unsigned() && from.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max()))
        return false;
    const auto wide = from.get<std::int64_t>();
    value = static_cast<I>(wide);
    return std::in_range<I>(wide);
}

json write(const std::string& text) { return text; }
bool read(const json& from, std::string& text)
{
    if (from.is_string()) text = from.get_ref<const std::string&>();
    return from.is_string();
}

template <class Tag> json write(const Id<Tag>& id) { return id.text; }
template <class Tag> bool read(const json& from, Id<Tag>& id) { return read(from, id.text); }

json write(const Hash& hash) { return to_hex(hash); }
bool read(const json& from, Hash& hash)
{
    const auto bytes = from.is_string() ? hash_from_hex(from.get_ref<const std::string&>()) : std::nullopt;
    if (bytes) hash = *bytes;
    return bytes.has_value();
}

json write(const Elapsed& elapsed) { return elapsed.count(); }
bool read(const json& from, Elapsed& elapsed)
{
    std::int64_t ms = 0;
    const bool is_read = read(from, ms);
    elapsed = Elapsed{ms};
    return is_read;
}

template <class T> json write(const std::vector<T>&);
template <class T> bool read(const json&, std::vector<T>&);

// ---- What a fact is made of: its kind, and the name of every member.

template <class M> void members(M& m, quizzes::Score& x) { m("points", x.points), m("maximum", x.maximum); }
template <class M> void members(M& m, quizzes::TopicScore& x) { m("topic", x.topic), m("score", x.score); }
template <class M> void members(M& m, quizzes::TopicMark& x) { m("topic", x.topic), m("pass_mark", x.pass_mark); }
template <class M> void members(M& m, quizzes::DrawnItem& x)
{
    m("item", x.item), m("revision", x.revision), m("choices", x.choices);
    m.later("targets", x.targets);
}

template <class T> constexpr std::string_view kind = "";
template <> constexpr std::string_view kind<JournalCreated> = "journal created";
template <> constexpr std::string_view kind<TerminalEnrolled> = "terminal enrolled";
template <> constexpr std::string_view kind<TerminalStarted> = "terminal started";
template <> constexpr std::string_view kind<ReleaseInstalled> = "release installed";
template <> constexpr std::string_view kind<ClockStepped> = "clock stepped";
template <> constexpr std::string_view kind<ClockCompared> = "clock compared";
template <> constexpr std::string_view kind<SignedIn> = "signed in";
template <> constexpr std::string_view kind<SignedOut> = "signed out";
template <> constexpr std::string_view kind<PinSet> = "PIN set";
template <> constexpr std::string_view kind<SignInRefused> = "sign-in refused";
template <> constexpr std::string_view kind<content::SectionRead> = "section read";
template <> constexpr std::string_view kind<content::DocumentAcknowledged> = "document acknowledged";
template <> constexpr std::string_view kind<content::PageFinished> = "page finished";
template <> constexpr std::string_view kind<content::CheckAnswered> = "check answered";
template <> constexpr std::string_view kind<content::ModuleCompleted> = "module completed";
template <> constexpr std::string_view kind<quizzes::AttemptStarted> = "attempt started";
template <> constexpr std::string_view kind<quizzes::ItemPresented> = "item presented";
template <> constexpr std::string_view kind<quizzes::ResponseGiven> = "response given";
template <> constexpr std::string_view kind<quizzes::ItemFlagged> = "item flagged";
template <> constexpr std::string_view kind<quizzes::AttemptResumed> = "attempt resumed";
template <> constexpr std::string_view kind<quizzes::AttemptClosed> = "attempt closed";
template <> constexpr std::string_view kind<quizzes::ResultDisputed> = "result disputed";
template <> constexpr std::string_view kind<CodeIssued> = "code issued";
template <> constexpr std::string_view kind<ReleasePublished> = "release published";
template <> constexpr std::string_view kind<TerminalInvited> = "terminal invited";
template <> constexpr std::string_view kind<UserAdded> = "user added";
template <> constexpr std::string_view kind<TerminalRevoked> = "terminal revoked";
template <> constexpr std::string_view kind<QuarantineAccepted> = "quarantine accepted";
template <> constexpr std::string_view kind<KeysInstalled> = "keys installed";
template <> constexpr std::string_view kind<HqRestored> = "HQ restored";

template <class M> void members(M& m, JournalCreated& x)
{
    m("terminal", x.terminal), m("key", x.key), m("salt", x.salt), m("continues", x.continues);
}
template <class M> void members(M& m, TerminalEnrolled& x) { m("site", x.site), m("incarnation", x.incarnation); }
template <class M> void members(M& m, TerminalStarted& x) { m("version", x.version); }
template <class M> void members(M& m, ReleaseInstalled& x)
{
    m("incarnation", x.incarnation), m("number", x.number), m("manifest", x.manifest);
}
template <class M> void members(M& m, ClockStepped& x) { m("by_ms", x.by_ms); }
template <class M> void members(M& m, ClockCompared& x)
{
    m("hq_ms", x.hq_ms), m("uptime_ms", x.uptime_ms), m("uncertainty_ms", x.uncertainty_ms);
}

template <class M> void members(M& m, SignedIn& x)
{
    m("employer", x.employer), m("how", x.how), m("language", x.language);
}
template <class M> void members(M& m, SignedOut& x) { m("reason", x.reason); }
template <class M> void members(M& m, PinSet& x) { m("reset", x.reset), m("counter", x.counter); }
template <class M> void members(M& m, SignInRefused& x) { m("person", x.person); }

template <class M> void members(M& m, content::SectionRead& x)
{
    m("document", x.document), m("version", x.version), m("section", x.section), m("language", x.language),
        m("seconds", x.seconds);
}
template <class M> void members(M& m, content::DocumentAcknowledged& x)
{
    m("document", x.document), m("version", x.version), m("language", x.language), m("read_in", x.read_in),
        m("text", x.text);
    m("declaration", x.declaration);
}
template <class M> void members(M& m, content::PageFinished& x)
{
    m("module", x.module), m("version", x.version), m("page", x.page), m("language", x.language);
}
template <class M> void members(M& m, content::CheckAnswered& x)
{
    m("module", x.module), m("version", x.version), m("item", x.item), m("choice", x.choice), m("right", x.right);
    m("language", x.language);
}
template <class M> void members(M& m, content::ModuleCompleted& x) { m("module", x.module), m("version", x.version); }

template <class M> void members(M& m, quizzes::AttemptStarted& x)
{
    m("attempt", x.attempt), m("test", x.test), m("test_version", x.test_version), m("seed", x.seed);
    m("time_limit_ms", x.time_limit), m("pass_mark", x.pass_mark), m("items", x.items);
    m.later("topic_marks", x.topic_marks), m.later("seen", x.seen), m.later("tired", x.tired);
}
template <class M> void members(M& m, quizzes::ItemPresented& x) { m("attempt", x.attempt), m("item", x.item); }
template <class M> void members(M& m, quizzes::ResponseGiven& x)
{
    m("attempt", x.attempt), m("item", x.item), m("revision", x.revision), m("response", x.response),
        m("language", x.language);
}
template <class M> void members(M& m, quizzes::ItemFlagged& x)
{
    m("attempt", x.attempt), m("item", x.item), m("flagged", x.flagged);
}
template <class M> void members(M& m, quizzes::AttemptResumed& x)
{
    m("attempt", x.attempt), m("time_left_ms", x.time_left);
}
template <class M> void members(M& m, quizzes::AttemptClosed& x)
{
    m("attempt", x.attempt), m("test", x.test), m("reason", x.reason), m("score", x.score), m("passed", x.passed);
    m("topics", x.topics), m("time_used_ms", x.time_used);
}

template <class M> void members(M& m, quizzes::ResultDisputed& x) { m("attempt", x.attempt), m("words", x.words); }

template <class M> void members(M& m, CodeIssued& x)
{
    m("person", x.person), m("reset", x.reset), m("expires_ms", x.expires_ms);
}
template <class M> void members(M& m, ReleasePublished& x) { m("number", x.number), m("manifest", x.manifest); }
template <class M> void members(M& m, TerminalInvited& x) { m("site", x.site), m("expires_ms", x.expires_ms); }
template <class M> void members(M& m, UserAdded& x) { m("login", x.login), m("role", x.role); }
template <class M> void members(M& m, TerminalRevoked& x)
{
    m("terminal", x.terminal), m("stolen", x.stolen), m("heads", x.heads);
}
template <class M> void members(M& m, QuarantineAccepted& x) { m("terminal", x.terminal), m("heads", x.heads); }
template <class M> void members(M& m, KeysInstalled& x) { m("number", x.number), m("list", x.list); }
template <class M> void members(M& m, HqRestored& x)
{
    m("from", x.from), m("to", x.to), m("in_place", x.in_place);
}

// ---- Objects: the same list of members serves both ways. `later`: a list that facts did not have from the beginning; an empty one is not written, so that
// facts of every age have one spelling.

struct Writer {
    json object = json::object();
    template <class T> void operator()(const char* name, const T& member);
    template <class T> void later(const char* name, const std::vector<T>& member)
    {
        if (!member.empty()) (*this)(name, member);
    }
};
struct Reader {
    const json& object;
    bool failed = false;
    template <class T> void operator()(const char* name, T& member);
    template <class T> void later(const char* name, std::vector<T>& member)
    {
        if (object.contains(name)) (*this)(name, member);
    }
};

template <class T>
concept Object = requires(Writer& writer, T& x)
{
    members(writer, x);
};

template <Object T> json write(const T& value)
{
    Writer writer;
    T copy = value; // one list of members for both ways wants it changeable
    members(writer, copy);
    return std::move(writer.object);
}
template <Object T> bool read(const json& from, T& value)
{
    if (!from.is_object()) return false;
    Reader reader{from};
    members(reader, value);
    return !reader.failed;
}
template <class T> json write(const std::vector<T>& all)
{
    json array = json::array();
    for (const auto& one : all) array.push_back(write(one));
    return array;
}
template <class T> bool read(const json& from, std::vector<T>& all)
{
    if (!from.is_array()) return false;
    for (const auto& element : from)
        if (!read(element, all.emplace_back())) return false;
    return true;
}
template <class T> void Writer::operator()(const char* name, const T& member) { object[name] = write(member); }
template <class T> void Reader::operator()(const char* name, T& member)
{
    const auto found = object.find(name);
    failed = failed || found == object.end() || !read(*found, member);
}

template <class T> std::optional<Fact> decoded(const json& body)
{
    T fact;
    if (!read(body, fact)) return std::nullopt;
    return fact;
}

/// Tries every alternative of Fact but the last, UnknownFact, which has no kind of its own.
template <std::size_t I = 0> std::optional<Fact> decoded_by_kind(std::string_view wanted, const json& body)
{
    if constexpr (I + 1 == std::variant_size_v<Fact>)
        return std::nullopt;
    else {
        using T = std::variant_alternative_t<I, Fact>;
        static_assert(!kind<T>.empty(), "a fact without a kind");
        return wanted == kind<T> ? decoded<T>(body) : decoded_by_kind<I + 1>(wanted, body);
    }
}

} // namespace

std::string kind_of(const Fact& fact)
{
    return std::visit(overloaded{
                          [](const UnknownFact& unknown) { return unknown.kind; },
                          []<class T>(const T&) { return std::string{kind<T>}; },
                      },
                      fact);
}

std::string encode(const Fact& fact)
{
    return std::visit(
        overloaded{
            [](const UnknownFact& unknown) { return unknown.body; },
            [](const auto& known) { return write(known).dump(); }, // throws on bytes that are not UTF-8: our mistake
        },
        fact);
}

std::vector<Hash> bodies_named_by(const Fact& fact)
{
    const auto* disputed = std::get_if<quizzes::ResultDisputed>(&fact);
    return disputed ? std::vector{disputed->words} : std::vector<Hash>{};
}

Fact decode(const std::string& kind, const std::string& body)
{
    const auto parsed = json::parse(body, nullptr, false);
    auto fact = parsed.is_discarded() ? std::nullopt : decoded_by_kind(kind, parsed);
    // Another spelling, an unknown key or one written twice would not survive being written again.
    if (fact && encode(*fact) == body) return std::move(*fact);
    return UnknownFact{kind, body};
}

} // namespace adal::sync
