#include "sync/people/roster.hpp"
#include <algorithm>

namespace adal::sync {
namespace {

std::string first_letter(const std::string& text)
{
    std::size_t end = text.empty() ? 0 : 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) ++end;
    return text.substr(0, end);
}

bool holds(const Person& person, const std::string& number, Date today)
{
    return std::any_of(person.assignments.begin(), person.assignments.end(), [&](const Assignment& assignment) {
        return assignment.number == number && assignment.is_current(today);
    });
}

} // namespace

std::string Person::full_name() const
{
    std::string name;
    for (const auto* part : {&family_name, &given_name, &patronymic}) {
        if (!name.empty() && !part->empty()) name += ' ';
        name += *part;
    }
    return name;
}

std::string Person::short_name() const
{
    if (given_name.empty()) return family_name;
    return family_name.empty() ? given_name : given_name + " " + first_letter(family_name) + ".";
}

const Person* Roster::find(const PersonId& id) const
{
    const auto found =
        std::find_if(people.begin(), people.end(), [&](const Person& person) { return person.id == id; });
    return found == people.end() ? nullptr : &*found;
}

std::vector<const Person*> Roster::holders(const std::string& wanted, Date today) const
{
    std::vector<const Person*> found;
    for (const auto& person : people)
        if (holds(person, wanted, today)) found.push_back(&person);
    return found;
}

} // namespace adal::sync
