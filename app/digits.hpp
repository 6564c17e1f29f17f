#pragma once
#include <string>

namespace adal::app {

/// What is being typed on a keypad. Overwritten when it is no longer needed: a PIN does not stay in memory.
class Digits {
public:
    explicit Digits(std::size_t most) : most_(most) {}
    ~Digits() { clear(); }
    Digits(const Digits&) = default;
    Digits& operator=(const Digits&) = default;

    void add(int digit)
    {
        if (digit >= 0 && digit <= 9 && text_.size() < most_) text_ += static_cast<char>('0' + digit);
    }
    void erase()
    {
        if (!text_.empty()) text_.pop_back();
    }
    void clear()
    {
        for (volatile char& digit : text_) digit = '0';
        text_.clear();
    }
    const std::string& text() const { return text_; }
    int count() const { return static_cast<int>(text_.size()); }
    bool is_full() const { return text_.size() == most_; }
    int needed() const { return static_cast<int>(most_); }

private:
    std::size_t most_;
    std::string text_;
};

} // namespace adal::app
