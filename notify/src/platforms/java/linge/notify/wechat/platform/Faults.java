package linge.notify.wechat.platform;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What is broken at the moment, by endpoint, e.g. {@code /cgi-bin/message/template/send}; {@link #ALL} is every one. */
public final class Faults {

    /** Every endpoint. */
    public static final String ALL = "*";

    private record Chance(Fault fault, double probability) {}

    private final Random random;
    private final Map<String, Fault> outages = new HashMap<>();
    private final Map<String, Deque<Fault>> next = new HashMap<>();
    private final Map<String, Chance> sometimes = new HashMap<>();
    private final List<Runnable> held = new ArrayList<>();

    Faults(Random random) {
        this.random = random;
    }

    /** Until {@link #mend}. */
    public synchronized void outage(String path, Fault fault) {
        outages.put(path, fault);
    }

    /** For the next call only; several queue up. */
    public synchronized void once(String path, Fault fault) {
        next.computeIfAbsent(path, p -> new ArrayDeque<>()).add(fault);
    }

    /** For a share of the calls, drawn from the platform's seed. */
    public synchronized void sometimes(String path, Fault fault, double probability) {
        sometimes.put(path, new Chance(fault, probability));
    }

    /** All is well again; answers held stay held. */
    public synchronized void mend() {
        outages.clear();
        next.clear();
        sometimes.clear();
    }

    /** How many answers are held. */
    public synchronized int held() {
        return held.size();
    }

    /** Lets the answers go that {@link Fault#HELD_ANSWER} held. */
    public void release() {
        List<Runnable> going;
        synchronized (this) {
            going = List.copyOf(held);
            held.clear();
        }
        going.forEach(Runnable::run);
    }

    synchronized void hold(Runnable answer) {
        held.add(answer);
    }

    synchronized @Nullable Fault draw(String path) {
        for (String key : List.of(path, ALL)) {
            Deque<Fault> queued = next.get(key);
            if (queued != null && !queued.isEmpty()) {
                return queued.poll();
            }
            if (outages.containsKey(key)) {
                return outages.get(key);
            }
            Chance chance = sometimes.get(key);
            if (chance != null && random.nextDouble() < chance.probability()) {
                return chance.fault();
            }
        }
        return null;
    }
}
