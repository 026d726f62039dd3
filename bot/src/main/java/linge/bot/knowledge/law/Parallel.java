package linge.bot.knowledge.law;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Work on many things with every processor, for commands; a service brings its own workers. */
final class Parallel {
    private Parallel() {}

    /** The results in the order of the items; the first failure ends all. */
    static <A, B> List<B> map(List<A> items, Function<A, B> work) {
        Object[] results = new Object[items.size()];
        each(items.size(), i -> results[i] = work.apply(items.get(i)));
        @SuppressWarnings("unchecked")
        List<B> typed = (List<B>) List.of(results);
        return typed;
    }

    /** Does the work for each number from 0 to count, in no order. */
    static void each(int count, IntConsumer work) {
        int threads = Math.max(1, Math.min(count, Runtime.getRuntime().availableProcessors()));
        ExecutorService workers = Executors.newFixedThreadPool(threads, task -> {
            var thread = new Thread(task, "laws-worker");
            thread.setDaemon(true);
            return thread;
        });
        var next = new AtomicInteger();
        Runnable untilDone = () -> {
            int i;
            while ((i = next.getAndIncrement()) < count
                    && !Thread.currentThread().isInterrupted()) {
                work.accept(i);
            }
        };
        try {
            List<Future<?>> running = IntStream.range(0, threads)
                    .<Future<?>>mapToObj(worker -> workers.submit(untilDone))
                    .toList();
            for (Future<?> worker : running) {
                worker.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LawIndexException("被中断", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }
}
