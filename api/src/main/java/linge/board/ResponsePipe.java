package linge.board;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Writes from a worker into a response that flows: when the reader is slower than the writer, the writer waits. What is not read
 * yet never grows beyond the response's own queue and one piece.
 */
public final class ResponsePipe extends OutputStream {

    private static final int PIECE = 32 * 1024;
    /** A reader that takes nothing for so long is gone. */
    private static final long PATIENCE_SECONDS = 60;

    private final Context context;
    private final HttpServerResponse response;
    private final Semaphore writable = new Semaphore(1);
    private final byte[] piece = new byte[PIECE];
    private int filled;
    private boolean ended;
    private volatile boolean gone;

    public ResponsePipe(Context context, HttpServerResponse response) {
        this.context = context;
        this.response = response;
        response.exceptionHandler(broken -> leave());
        response.closeHandler(closed -> leave());
    }

    private void leave() {
        gone = true;
        writable.release();
    }

    @Override
    public void write(int b) throws IOException {
        if (filled == PIECE) {
            send();
        }
        piece[filled++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (filled == PIECE) {
                send();
            }
            int part = Math.min(PIECE - filled, length - done);
            System.arraycopy(bytes, from + done, piece, filled, part);
            filled += part;
            done += part;
        }
    }

    /** Sends the rest and ends the response. */
    @Override
    public void close() throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        send();
        waitForRoom();
        CountDownLatch last = new CountDownLatch(1);
        context.runOnContext(now -> response.end().onComplete(done -> last.countDown()));
        await(last);
    }

    private void send() throws IOException {
        if (filled == 0) {
            return;
        }
        waitForRoom();
        Buffer full = Buffer.buffer(filled).appendBytes(piece, 0, filled);
        filled = 0;
        context.runOnContext(now -> {
            if (gone || response.closed()) {
                leave();
                return;
            }
            response.write(full);
            if (response.writeQueueFull()) {
                response.drainHandler(drained -> writable.release());
            } else {
                writable.release();
            }
        });
    }

    private void waitForRoom() throws IOException {
        try {
            if (!writable.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS) || gone) {
                gone = true;
                throw new IOException("the reader is gone");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the reader is gone");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
