#pragma once
#include "app/screens/draw.hpp"
#include <string>
#include <vector>

/// One person's way through a terminal, as the kiosk would show it: for tests of layout and for the gallery. The texts are as long as real ones.
namespace adal::sample {

screens::Surround surround(Language, bool is_signed_in = true);

screens::StartScreen start(Language);
screens::NumberScreen number(Language);
screens::EmployerScreen employer(Language);
screens::SecretScreen secret(Language, screens::SecretPurpose);
screens::DutiesScreen duties(Language); // three, two left
screens::AcknowledgementScreen acknowledgement(Language);
screens::TroubleScreen trouble(Language);

screens::ReaderScreen reader(Language);
screens::ModuleScreen module(Language);
screens::TestIntroScreen test_intro(Language);
screens::ItemScreen item(Language);
screens::ResultScreen result(Language, bool has_passed);

screens::ItemScreen matching(Language);               // one pair is open
screens::ItemScreen ordering(Language);
screens::ItemScreen numeric(Language, bool is_number); // or what stands in the field is none
screens::ItemScreen in_words(Language);               // of a scenario, in a test that goes only forward

/// Every state worth looking at, with a name for a file: "03-duties".
struct Named {
    std::string name;
    screens::Surround surround;
    screens::State state;
};
std::vector<Named> way_in(Language);      // start to duties, acknowledgement, trouble
std::vector<Named> learning(Language);    // reader to result
std::vector<Named> items(Language);       // questions of every other kind of answering

} // namespace adal::sample
