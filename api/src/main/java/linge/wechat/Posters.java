package linge.wechat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import linge.grids.Grid;
import linge.grids.GridIndex;
import linge.grids.Grids;
import linge.shared.AreaLevel;
import linge.shared.Names;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** Posters of the grids and villages in force: with WeChat's code where there is an account, else with our page's address. */
public final class Posters {

    private final WorkerExecutor workers;
    private final Grids grids;
    private final Names names;
    private final Scenes scenes;
    private final @Nullable Platform platform;

    Posters(Vertx vertx, Grids grids, Names names, Scenes scenes, @Nullable Platform platform) {
        this.workers = vertx.createSharedWorkerExecutor("posters", 1);
        this.grids = grids;
        this.names = names;
        this.scenes = scenes;
        this.platform = platform;
    }

    /** Codes of all that a poster could hang in within an area: its villages, and their grids. */
    public List<String> within(String area) {
        GridIndex index = grids.index();
        List<String> codes = new ArrayList<>();
        String village = "";
        for (Grid grid : index.all()) {
            if (!AreaLevel.covers(area, grid.code())) {
                continue;
            }
            if (!grid.village().equals(village) && area.length() <= AreaLevel.VILLAGE.digits()) {
                village = grid.village();
                codes.add(village);
            }
            codes.add(grid.code());
        }
        return codes;
    }

    /**
     * The poster of a grid or village.
     *
     * @param origin where our pages are, for a code without WeChat
     * @return fails with {@code NOT_FOUND} for any other area
     */
    private Future<Poster> poster(String area, String origin) {
        Poster[] blank = new Poster[1];
        GridIndex index = grids.index();
        boolean demo = index.version().demo();
        if (area.length() == AreaLevel.GRID.digits()) {
            Optional<Grid> grid = index.get(area);
            grid.ifPresent(found ->
                    blank[0] = new Poster(found.name(), names.area(found.village()), "", platform != null, demo));
        } else if (area.length() == AreaLevel.VILLAGE.digits()
                && !index.ofVillage(area).isEmpty()) {
            String town = names.area(AreaLevel.above(area));
            String whole = names.area(area);
            String own = whole.startsWith(town) ? whole.substring(town.length()) : whole;
            blank[0] = new Poster(own, town, "", platform != null, demo);
        }
        Poster poster = blank[0];
        if (poster == null) {
            return Future.failedFuture(Refusal.notFound("这个网格或村（社区）"));
        }
        Platform asked = platform;
        Future<String> address =
                asked == null ? Future.succeededFuture(origin + "/report?grid=" + area) : scenes.address(asked, area);
        return address.map(
                held -> new Poster(poster.title(), poster.place(), held, poster.withWeChat(), poster.demo()));
    }

    /** What a poster may be written as. */
    public enum Form {
        SVG("image/svg+xml; charset=utf-8"),
        PDF("application/pdf");

        private final String type;

        Form(String type) {
            this.type = type;
        }

        public String type() {
            return type;
        }

        /** {@code svg}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The poster of a grid or village in this form.
     *
     * @param origin where our pages are, for a code without WeChat
     * @return fails with {@code NOT_FOUND} for any other area
     */
    public Future<Buffer> of(String area, String origin, Form form) {
        return poster(area, origin)
                .compose(poster -> form == Form.SVG
                        ? Future.succeededFuture(Buffer.buffer(PosterSvg.of(poster)))
                        : workers.executeBlocking(() -> Buffer.buffer(PosterPdf.of(poster)), false));
    }
}
