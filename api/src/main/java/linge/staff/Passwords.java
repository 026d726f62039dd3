package linge.staff;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import linge.shared.Refusal;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id in the PHC string form, with OWASP's parameters (19 MiB, 2 passes, 1 lane); each check takes some 50 ms of
 * one core, on workers of its own.
 */
public final class Passwords {

    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SHORTEST = 10;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODE = Base64.getEncoder().withoutPadding();

    private final WorkerExecutor workers;
    /** Checked in place of an unknown user's, so that the time of the answer tells nothing. */
    private final String nobodys;

    public Passwords(Vertx vertx) {
        this.workers = vertx.createSharedWorkerExecutor("passwords", 2);
        this.nobodys = hashNow("nobody has this password");
    }

    public Future<String> hash(String password) {
        return workers.executeBlocking(() -> hashNow(password), false);
    }

    public Future<Boolean> matches(String password, String kept) {
        return workers.executeBlocking(() -> matchesNow(password, kept), false);
    }

    /** Takes as long as a real check and is always false. */
    Future<Boolean> matchesNobody(String password) {
        return matches(password, nobodys).map(false);
    }

    /** Refuses passwords that are too short or all of one character; length is what counts (GB/T 39786 and NIST 800-63B). */
    public static void checkStrength(String pointer, String password) {
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            throw Refusal.notSensible(pointer, "密码太短，至少 " + SHORTEST + " 个字符。");
        }
        if (password.chars().distinct().count() < 4) {
            throw Refusal.notSensible(pointer, "密码太简单，请多用几种不同的字符。");
        }
    }

    /** Blocks for some 50 ms. */
    public static String hashNow(String password) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        byte[] hash = argon2(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$" + ENCODE.encodeToString(salt)
                + "$" + ENCODE.encodeToString(hash);
    }

    private static boolean matchesNow(String password, String kept) {
        String[] parts = kept.split("\\$", -1);
        if (parts.length != 6 || !parts[1].equals("argon2id")) {
            throw new IllegalStateException("a kept password is not argon2id");
        }
        String[] cost = parts[3].split("[=,]", -1);
        byte[] salt = Base64.getDecoder().decode(parts[4]);
        byte[] expected = Base64.getDecoder().decode(parts[5]);
        byte[] hash = argon2(
                password,
                salt,
                Integer.parseInt(cost[1]),
                Integer.parseInt(cost[3]),
                Integer.parseInt(cost[5]),
                expected.length);
        return MessageDigest.isEqual(hash, expected);
    }

    private static byte[] argon2(String password, byte[] salt, int memory, int passes, int lanes, int bytes) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[bytes];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
