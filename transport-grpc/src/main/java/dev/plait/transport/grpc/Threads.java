package dev.plait.transport.grpc;

import dev.plait.schedule.Cancellable;
import dev.plait.schedule.Scheduler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that work here; all are daemons and named "plait-grpc-…". */
final class Threads {

  private static final long IDLE_SECONDS = 1;

  private Threads() {}

  /** Runs tasks at once; its threads end by themselves when there was nothing to do for a while. */
  static Executor workers(String name) {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        named(name));
  }

  /** What moves the bytes; to be {@linkplain #end ended}. */
  static EventLoopGroup loops(String name, int threads) {
    return new MultiThreadIoEventLoopGroup(
        threads, named(name + "-net"), NioIoHandler.newFactory());
  }

  static void end(EventLoopGroup loops) {
    // Nobody waits for this future: who wants to know when it is done asks the loops themselves.
    Future<?> unused = loops.shutdownGracefully(0, IDLE_SECONDS, TimeUnit.SECONDS);
  }

  static Scheduler scheduler(EventLoopGroup loops) {
    return new Scheduler() {
      @Override
      public void execute(Runnable task) {
        loops.execute(task);
      }

      @Override
      public Cancellable after(long millis, Runnable task) {
        Future<?> appointment = loops.schedule(task, Math.max(0, millis), TimeUnit.MILLISECONDS);
        return () -> appointment.cancel(false);
      }
    };
  }

  private static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "plait-grpc-" + name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
