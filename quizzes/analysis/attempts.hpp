#pragma once
#include "content/base/expected.hpp"
#include "content/base/ids.hpp"
#include "content/base/text.hpp"
#include "quizzes/facts.hpp"
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

/// First attempts as plain data: what statistics of a test are made from. Only a person's first attempt that counts belongs here; a second one knows
/// the topics of the first. Nobody is named: an attempt has a language and a site.
namespace adal::quizzes::analysis {

enum class Reach : std::uint8_t { NotReached, Omitted, Answered }; // NotReached: it never came onto the screen

struct GivenAnswer {
    ItemId item;
    int points = 0, maximum = 1; // as they count: what was not answered has none
    Reach reach = Reach::Answered;
    Response chosen = {};           // the words to be counted: choices, pairs, one word for a whole order; empty for a number and for free text
    std::int64_t milliseconds = -1; // on the screen; negative: not known
};

struct FirstAttempt {
    Language language{}; // the one most of it was read in
    SiteId site;
    int pass_mark = 0; // points
    std::vector<GivenAnswer> answers;
};

/// All of them, packed: 20 bytes an answer, so that 100,000 attempts of 20 items are 40 MB.
class Attempts {
public:
    /// InvalidInput, and nothing is added: no answers, the same item twice, or points outside 0 to the maximum.
    Expected<Done> add(const FirstAttempt&);
    void reserve(std::size_t attempts, std::size_t answers);

    struct Answer {
        std::uint32_t item, response; // response: into `responses`; 0 is nothing
        std::int32_t milliseconds;
        std::uint16_t points, maximum;
        Reach reach;
    };
    struct Form {
        std::size_t first;
        std::uint32_t count;
        std::int32_t points, maximum, pass_mark;
        std::uint16_t site;
        Language language;
    };
    const std::vector<Form>& forms() const { return forms_; }
    const std::vector<Answer>& answers() const { return answers_; }
    std::span<const Answer> answers_of(const Form& form) const { return std::span{answers_}.subspan(form.first, form.count); }
    const std::vector<ItemId>& items() const { return items_.names; }
    const std::vector<SiteId>& sites() const { return sites_.names; }
    const Response& response(std::uint32_t index) const { return responses_[index]; }

private:
    template <class Name> struct Numbered { // names as numbers, in the order in which they first came
        std::vector<Name> names;
        std::unordered_map<std::string, std::uint32_t> numbers;
        std::uint32_t of(const Name& name)
        {
            const auto [found, is_new] = numbers.try_emplace(name.text, static_cast<std::uint32_t>(names.size()));
            if (is_new) names.push_back(name);
            return found->second;
        }
    };
    std::uint32_t number_of(const Response&);

    std::vector<Form> forms_;
    std::vector<Answer> answers_;
    Numbered<ItemId> items_;
    Numbered<SiteId> sites_;
    std::vector<Response> responses_{{}};
    std::map<Response, std::uint32_t> response_numbers_{{{}, 0}};
};

} // namespace adal::quizzes::analysis
