#pragma once
#include "app/screens/surround.hpp"
#include "content/document.hpp"
#include "sync/duties/duties.hpp"
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What is shown, prepared by the kiosk when its state changes: a screen queries, sorts and decides nothing. Fixed labels the screen says itself
/// (assets/strings); whatever depends on data stands here in words.
namespace adal::screens {

struct StartScreen {
    std::string phone, mail, address; // Speak Up's three channels
    std::optional<Notice> notice;     // "nobody is on this terminal's list yet", "you are signed out"
};

/// Personnel number; typed on the keypad.
struct NumberScreen {
    std::string digits;
    bool can_confirm = false;
    std::optional<Notice> notice;
};

/// One number at two employers: she says which is hers. No names are shown.
struct EmployerScreen {
    std::string number;
    struct Row { EmployerId employer; std::string name, unit; };
    std::vector<Row> rows;
    std::optional<Notice> notice;
};

enum class SecretPurpose { OneTimeCode, Pin, NewPin, RepeatPin };
/// A code or PIN: never its digits, only how many there are.
struct SecretScreen {
    SecretPurpose purpose{};
    std::string number; // "204 117"
    int typed = 0, needed = 6;
    bool can_confirm = false;
    int wait_seconds = 0; // after wrong ones
    bool is_locked = false;
    std::optional<Notice> notice;
};

struct DutyCard {
    DutyId duty;
    content::DutyKind kind{};
    sync::DutyState state{};
    std::string state_word, title, note; // "Reading and acknowledgement. For everybody"
    int parts_done = 0, parts_total = 0;
    std::string due;      // "until 27 November, 2 days left"; empty when done
    std::string evidence; // "saved here", "at HQ since 20 November, 08:12", "20 questions, 3 attempts", "next attempt from 26 November"
    std::string done;     // "done on 19 November"; empty until then
    bool is_at_hq = false, is_next = false, is_overdue = false, can_open = true;
};
struct DutiesScreen {
    std::string subtitle; // "Probation ends on 11 January 2027. Today is 25 November."
    std::vector<DutyCard> cards; // the next step first; only what is left to do unless `shows_all`
    int left = 0, all = 0;
    bool shows_all = false;
    std::string primary; // named by what it does: "Read the Code"; empty when nothing is left
    DutyId primary_duty;
    std::optional<Notice> notice;
};

struct ReaderScreen {
    DocumentId document;
    std::string title, edition; // "specimen, edition 1 of 1 September 2026, in force"
    struct Contents { int number = 0; std::string title; bool is_read = false; };
    std::vector<Contents> contents;
    int section = 0; // the one on the screen
    std::string section_title;
    std::vector<content::Block> blocks;
    std::string marked_anchor; // a paragraph to show and mark, from a reference; may be empty
    bool is_last = false, is_acknowledged = false;
    bool from_result = false;  // opened to read again: ShowDuties leads back to the result
    std::optional<Notice> notice; // "section 5 has not been opened yet", "the disk is full"
};

struct AcknowledgementScreen {
    std::string declaration; // with her name
    struct Row { std::string name, value; };
    std::string document, languages, time, fingerprint; // values of the four rows
    int typed = 0, needed = 6, wait_seconds = 0;
    bool can_confirm = false;
    std::optional<Notice> notice;
};

struct Picture {
    std::string key; // "speak-up/weighbridge.svg": one texture a key
    int width = 0, height = 0;
    std::shared_ptr<const Bytes> rgba;
};

struct ModuleScreen {
    ModuleId module;
    std::string module_title, title;
    int page = 0, pages = 0; // from 1
    std::vector<content::Block> blocks; // without picture and check
    std::optional<Picture> picture;
    std::string picture_text;
    struct Check {
        ItemId item;
        std::string stem;
        struct Option { ChoiceId choice; std::string text; };
        std::vector<Option> options;
        std::optional<ChoiceId> chosen;
        bool is_right = false;
        std::string verdict, feedback; // after an answer
    };
    std::optional<Check> check;
    bool can_go_on = true; // a check waits for an answer
    bool is_last = false;  // Confirm, or GoToPage one beyond, finishes the module
    std::optional<Notice> notice;
};

struct TestIntroScreen {
    DutyId duty;
    std::string title;
    std::vector<std::string> rules; // "20 questions, 20 minutes", "14 right answers are enough", "attempt 1 of 3" ...
    bool can_start = true;
    std::optional<Notice> notice;
};

enum class TestDialog { None, Submit, Leave };
enum class Answering { Choose, Match, Order, Number, Words };
struct ItemScreen {
    std::string test_title, progress; // "Question 7 of 20"
    ItemId item;
    int number = 0, total = 0;
    std::string stem, hint; // "one answer", "choose all that apply"
    Answering answering{};
    bool is_multiple = false, is_flagged = false, is_answered = false;
    struct Option { ChoiceId choice; std::string text; bool is_selected = false; ChoiceId partner = {}; };
    std::vector<Option> options;      // Match: the sources; Order: as she has put them
    struct Target { ChoiceId choice; std::string text; };
    std::vector<Target> targets;      // Match
    ChoiceId active;                  // Match: the source whose partner is asked for
    std::string typed;                // Number, Words: what stands in the field
    bool takes_typed = true;          // Number: it is one
    std::string story;                // a scenario's text, above the stem
    bool goes_only_forward = false;
    struct Cell { bool is_answered = false, is_flagged = false; };
    std::vector<Cell> cells;
    std::string time_left; // "18:42"
    std::optional<Notice> warning; // 5 minutes, 1 minute
    bool is_resumed = false;
    TestDialog dialog{};
    int unanswered = 0, flagged = 0;
    std::optional<Notice> notice; // the last answer could not be saved
};

struct ResultScreen {
    bool has_passed = false;
    bool time_expired = false;
    int points = 0, maximum = 0, pass_mark = 0;
    std::string title, explanation; // "Two points short", "14 are needed: the mark on the ring. Attempt 1 of 3."
    std::string next;               // "next attempt from 26 November"; empty when passed
    struct Topic { std::string title; int points = 0, maximum = 0; };
    std::vector<Topic> topics;
    struct Reading { std::string reference, anchor, title; };
    std::vector<Reading> read_again; // one paragraph a topic that lost points
    std::string kept;                // "saved here, goes to HQ later" / "at HQ since ..."
    std::string identified;          // "You signed in with your PIN"
    std::optional<Notice> notice;
};

/// The terminal cannot work: a broken journal, a full disk, another program on the same folder, not enrolled.
struct TroubleScreen {
    std::string title, text, next;
};

using State = std::variant<StartScreen, NumberScreen, EmployerScreen, SecretScreen, DutiesScreen, ReaderScreen, AcknowledgementScreen, ModuleScreen,
                           TestIntroScreen, ItemScreen, ResultScreen, TroubleScreen>;

/// "start", "number", "employer", "one-time code", "pin", "new pin", "repeat pin", "duties", "reader" ...: for drive, tests and page changes.
std::string name_of(const State&);

} // namespace adal::screens
