#include "app/screens/states.hpp"
#include "content/base/overloaded.hpp"

namespace adal::screens {
namespace {

std::string name_of(SecretPurpose purpose)
{
    switch (purpose) {
    case SecretPurpose::OneTimeCode: return "one-time code";
    case SecretPurpose::Pin: return "pin";
    case SecretPurpose::NewPin: return "new pin";
    case SecretPurpose::RepeatPin: return "repeat pin";
    }
    return {};
}
} // namespace

std::string name_of(const State& state)
{
    return std::visit(overloaded{
                          [](const StartScreen&) { return std::string("start"); },
                          [](const NumberScreen&) { return std::string("number"); },
                          [](const EmployerScreen&) { return std::string("employer"); },
                          [](const SecretScreen& secret) { return name_of(secret.purpose); },
                          [](const DutiesScreen&) { return std::string("duties"); },
                          [](const ReaderScreen&) { return std::string("reader"); },
                          [](const AcknowledgementScreen&) { return std::string("acknowledgement"); },
                          [](const ModuleScreen&) { return std::string("module"); },
                          [](const TestIntroScreen&) { return std::string("test intro"); },
                          [](const ItemScreen&) { return std::string("item"); },
                          [](const ResultScreen&) { return std::string("result"); },
                          [](const TroubleScreen&) { return std::string("trouble"); },
                      },
                      state);
}

} // namespace adal::screens
