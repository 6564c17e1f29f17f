#include "content/base/clock.hpp"
#include <cstdlib>
#include <ctime>
#include <fstream>

namespace adal {
namespace {
Elapsed read(clockid_t id)
{
    timespec t{};
    clock_gettime(id, &t);
    return std::chrono::seconds{t.tv_sec} + std::chrono::duration_cast<Elapsed>(std::chrono::nanoseconds{t.tv_nsec});
}
} // namespace

SystemClock::SystemClock()
{
    std::ifstream{"/proc/sys/kernel/random/boot_id"} >> boot_;
#ifdef ADAL_TESTS
    if (const char* wanted = std::getenv("ADAL_TEST_CLOCK"))
        shift_ = Elapsed{std::atoll(wanted)} - read(CLOCK_REALTIME);
#endif
}

Moment SystemClock::now() const { return {UtcTime{read(CLOCK_REALTIME) + shift_}, boot_, read(CLOCK_BOOTTIME)}; }

} // namespace adal
