#pragma once
#include "content/base/ids.hpp"
#include "content/base/text.hpp"
#include <optional>
#include <variant>

/// What a person wants, as typed values; the kiosk decides. The names are those that `adal-terminal drive` reads (app/README.md).
namespace adal::screens {

struct ChooseLanguage { Language language{}; };
struct ChooseTextSize { int size = 1; };
struct ChooseTheme { bool dark = false; };

struct BeginSignIn {};
struct TypeDigit { int digit = 0; };   // into whatever the screen asks for: number, code, PIN
struct EraseDigit {};
struct ClearDigits {};
struct Confirm {};                     // the screen's primary button where it has only one meaning
struct ChooseEmployer { EmployerId employer; };
struct CorrectNumber {};
struct NotMe {};                       // before or after sign-in
struct SignOut {};
struct ShowStart {};                   // back to the start screen

struct ShowAllDuties { bool all = false; };
struct OpenDuty { DutyId duty; };
struct ShowDuties {};                  // "finish later", "to my duties"

struct GoToSection { int section = 0; };
struct ShowAcknowledgement {};
struct GoToPage { int page = 0; };
struct AnswerCheck { ItemId item; ChoiceId choice; };

struct StartTest { DutyId duty; };
struct SelectChoice { ItemId item; ChoiceId choice; }; // names the item: a late tap cannot answer the next one. Multiple choice: toggles
struct SelectTarget { ItemId item; ChoiceId target; }; // Match: the partner of the active source
struct ClearResponse { ItemId item; };                 // Match: all pairs
struct MoveChoice { ItemId item; ChoiceId choice; int by = 0; }; // Order: down by so many places
struct TypeResponse { ItemId item; std::string text; };          // Number, Words: what stands in the field now
struct FlagItem { ItemId item; bool flagged = false; };
struct GoToItem { int number = 0; };   // from 1
struct AskToSubmit {};
struct AskToLeave {};
struct StayInTest {};
struct SubmitTest {};
struct LeaveTest {};
struct OpenParagraph { std::string reference; }; // "anti-corruption-code#4.2"
struct DisputeResult { std::string words; };     // "I dispute this", in her own words

using Intent = std::variant<ChooseLanguage, ChooseTextSize, ChooseTheme, BeginSignIn, TypeDigit, EraseDigit, ClearDigits, Confirm, ChooseEmployer,
                            CorrectNumber, NotMe, SignOut, ShowStart, ShowAllDuties, OpenDuty, ShowDuties, GoToSection, ShowAcknowledgement, GoToPage,
                            AnswerCheck, StartTest, SelectChoice, SelectTarget, ClearResponse, MoveChoice, TypeResponse, FlagItem, GoToItem, AskToSubmit, AskToLeave, StayInTest, SubmitTest, LeaveTest,
                            OpenParagraph, DisputeResult>;

} // namespace adal::screens
