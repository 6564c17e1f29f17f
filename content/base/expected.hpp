#pragma once
#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace adal {

/// What the program can do about it.
enum class ErrorKind { NotFound, InvalidInput, Conflict, Corrupt, Unavailable, Denied };

using Arguments = std::vector<std::pair<std::string, std::string>>;

/// The world was wrong. The kind tells the program what to do next; the key names a sentence in assets/strings that tells a
/// person, in her language, what happened, and the arguments say to what and where.
struct Error {
    ErrorKind kind{};
    std::string key;
    Arguments arguments;

    /// For logs and tests: `journal.broken terminal=t-7 seq=41`. People read language::Strings::say(error).
    std::string message() const
    {
        std::string text = key;
        for (const auto& [name, value] : arguments) text += " " + name + "=" + value;
        return text;
    }
};

inline Error fail(ErrorKind kind, std::string key, Arguments arguments = {})
{
    return {kind, std::move(key), std::move(arguments)};
}

/// Either a T or an Error; the same spirit as C++23 std::expected.
template <class T> class [[nodiscard]] Expected {
public:
    Expected(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Expected(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return state_.index() == 0; }
    T& value() &
    {
        assert(*this);
        return *std::get_if<0>(&state_);
    }
    const T& value() const&
    {
        assert(*this);
        return *std::get_if<0>(&state_);
    }
    T value() && // by value: `for (auto& x : f().value())` must not dangle
    {
        assert(*this);
        return std::move(*std::get_if<0>(&state_));
    }
    const Error& error() const
    {
        assert(!*this);
        return *std::get_if<1>(&state_);
    }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }

private:
    std::variant<T, Error> state_;
};

/// The value of an act that has nothing to say but that it is done.
struct Done {
    bool operator==(const Done&) const = default;
};

} // namespace adal
