#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace relaytool::cli {

/// Calls `produce(i)` for i in [0, count) on `workers` threads and hands the results to `consume` on this
/// thread in the order of i. Workers stay at most a few items ahead, so that memory does not grow with
/// `count`. An exception of `produce` is thrown here.
template <class Produce, class Consume>
void in_order(std::size_t count, std::size_t workers, Produce produce, Consume consume) {
    using Item = decltype(produce(std::size_t{}));
    if (workers < 2 || count < 2) {
        for (std::size_t i = 0; i < count; ++i)
            consume(produce(i));
        return;
    }
    std::mutex mutex;
    std::condition_variable changed;
    std::map<std::size_t, Item> done;
    std::exception_ptr failure;
    std::size_t next = 0;
    std::size_t consumed = 0;
    const auto work = [&] {
        std::unique_lock lock(mutex);
        while (true) {
            changed.wait(lock, [&] { return failure || next >= count || next < consumed + 4 * workers; });
            if (failure || next >= count) return;
            const std::size_t mine = next++;
            lock.unlock();
            try {
                Item item = produce(mine);
                lock.lock();
                done.emplace(mine, std::move(item));
            } catch (...) {
                lock.lock();
                failure = std::current_exception();
            }
            changed.notify_all();
        }
    };
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < workers; ++i)
        threads.emplace_back(work);
    std::unique_lock lock(mutex);
    while (consumed < count) {
        changed.wait(lock, [&] { return failure || done.count(consumed) != 0; });
        if (failure) break;
        Item item = std::move(done.extract(consumed).mapped());
        lock.unlock();
        consume(std::move(item));
        lock.lock();
        ++consumed;
        changed.notify_all();
    }
    lock.unlock();
    threads.clear(); // joins
    if (failure) std::rethrow_exception(failure);
}

} // namespace relaytool::cli
