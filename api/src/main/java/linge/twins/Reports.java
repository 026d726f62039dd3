package linge.twins;

import linge.bot.twins.Report;
import linge.cases.Case;
import org.jspecify.annotations.Nullable;

/** Cases as the bot compares them. */
final class Reports {

    private Reports() {}

    static Report of(Case c) {
        Case.Facts f = c.facts();
        return new Report(f.text(), f.address(), f.area(), point(f.lon(), f.lat()), f.category(), f.filedAt());
    }

    static Report.@Nullable Point point(@Nullable Double lon, @Nullable Double lat) {
        return lon == null || lat == null ? null : new Report.Point(lon, lat, Report.Point.USUAL_ACCURACY);
    }
}
