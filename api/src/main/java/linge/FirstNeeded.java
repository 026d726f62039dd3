package linge;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that takes long to make: made by whoever needs it first, once, while others wait. */
final class FirstNeeded<T extends Object> implements Supplier<T> {
    private final Supplier<T> maker;
    private volatile @Nullable T made;

    FirstNeeded(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public T get() {
        T known = made;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            T one = made == null ? maker.get() : made;
            made = one;
            return one;
        }
    }
}
