#include "sync/events/event.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace adal::fuzz {

/// A row's kind, a line end, its body.
void run(BytesView foreign)
{
    const auto text = text_of(foreign);
    const auto end = std::min(text.find('\n'), text.size());
    const auto kind = text.substr(0, end), body = end == text.size() ? std::string{} : text.substr(end + 1);
    const auto fact = sync::decode(kind, body);
    must(sync::kind_of(fact) == kind, "a fact keeps its kind");
    must(sync::encode(fact) == body, "a fact is passed on byte by byte");
    const bool is_understood = !std::holds_alternative<sync::UnknownFact>(fact);
    must(!is_understood || is_canonical(body), "only canonical facts are understood");
}

} // namespace adal::fuzz
