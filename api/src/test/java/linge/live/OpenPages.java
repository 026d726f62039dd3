package linge.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Many pages that listen to live events, in one process and one thread: {@code port token-or-prefix how-many}. */
final class OpenPages {

    /** So many are on their way at once. */
    private static final int AT_ONCE = 200;

    private static final int TAIL = 16;

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private final ConcurrentLinkedQueue<String> orders = new ConcurrentLinkedQueue<>();
    private final int port;
    private final String token;
    private final int wanted;

    private int begun;
    private int open;
    private final Count hints = new Count("event: case");
    private final Count notices = new Count("event: notice");

    /** One page: the end of what it read last, in case a word was cut in two. */
    private static final class Page {
        String tail = "";
        boolean ready;
        boolean hinted;
        boolean noticed;
        final String request;

        Page(String request) {
            this.request = request;
        }
    }

    private static final class Count {
        final String word;
        int pages;
        long first;
        long last;

        Count(String word) {
            this.word = word;
        }

        void one() {
            last = System.nanoTime();
            if (pages++ == 0) {
                first = last;
            }
        }

        long millis() {
            return (last - first) / 1_000_000;
        }
    }

    private OpenPages(int port, String token, int wanted) throws IOException {
        this.port = port;
        this.token = token;
        this.wanted = wanted;
    }

    public static void main(String[] arguments) throws IOException {
        OpenPages pages = new OpenPages(Integer.parseInt(arguments[0]), arguments[1], Integer.parseInt(arguments[2]));
        Thread ears = new Thread(pages::hearOrders);
        ears.setDaemon(true);
        ears.start();
        pages.run();
    }

    private void hearOrders() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                orders.add(line);
                selector.wakeup();
            }
        } catch (IOException e) {
            System.exit(1);
        }
        System.exit(0);
    }

    private void run() throws IOException {
        while (true) {
            while (begun < wanted && begun - open < AT_ONCE) {
                dial();
            }
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isConnectable()) {
                    ask(key);
                } else if (key.isReadable()) {
                    read(key);
                }
            }
            selector.selectedKeys().clear();
            if (orders.poll() != null) {
                listenAnew();
            }
        }
    }

    private void dial() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        String own = token.startsWith("=") ? token.substring(1) : token + begun;
        channel.connect(new InetSocketAddress("127.0.0.1", port));
        channel.register(
                selector,
                SelectionKey.OP_CONNECT,
                new Page("GET /api/live HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                        + "Accept-Encoding: gzip, deflate, br\r\nAccept-Language: zh-CN,zh;q=0.9\r\nUser-Agent: Mozilla/5.0"
                        + " (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36\r\n"
                        + "Authorization: Bearer " + own + "\r\n\r\n"));
        begun++;
    }

    private void ask(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        channel.write(ByteBuffer.wrap(((Page) key.attachment()).request.getBytes(StandardCharsets.US_ASCII)));
    }

    private void read(SelectionKey key) throws IOException {
        buffer.clear();
        if (((SocketChannel) key.channel()).read(buffer) < 0) {
            System.err.println("a stream ended");
            System.exit(1);
        }
        Page page = (Page) key.attachment();
        String words = page.tail + StandardCharsets.ISO_8859_1.decode(buffer.flip());
        page.tail = words.substring(Math.max(0, words.length() - TAIL));
        if (!page.ready && words.contains("event: ready")) {
            page.ready = true;
            if (++open == wanted) {
                System.out.println("open " + open);
            }
        }
        if (!page.hinted && words.contains(hints.word)) {
            page.hinted = true;
            hints.one();
        }
        if (!page.noticed && words.contains(notices.word)) {
            page.noticed = true;
            notices.one();
            if (notices.pages == wanted && hints.pages == wanted) {
                System.out.println(hints.millis() + " " + notices.millis());
            }
        }
    }

    private void listenAnew() {
        hints.pages = 0;
        notices.pages = 0;
        for (SelectionKey key : selector.keys()) {
            Page page = (Page) key.attachment();
            page.tail = "";
            page.hinted = false;
            page.noticed = false;
        }
        System.out.println("listening");
    }
}
