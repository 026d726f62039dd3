package linge.grids.demo;

import java.util.List;
import java.util.stream.DoubleStream;
import org.locationtech.jts.geom.Coordinate;

/**
 * Ground shared out among owners by weighted nearness: a spot belongs to the owner whose nearest site is least far by
 * squared distance less the owner's weight. Weights are tuned until each owner has about the area it should have.
 */
final class PowerDiagram {
    private static final int ROUNDS = 150;
    /** A site stays this far, in square metres, on its own side of every border. */
    private static final double OWN_SIDE = 250.0 * 250.0;

    private final List<List<Coordinate>> sites;
    /** The same sites as bare numbers, x and y by turns: this is asked millions of times. */
    private final double[][] numbers;

    private final double[] weights;

    private PowerDiagram(List<List<Coordinate>> sites) {
        this.sites = sites;
        this.numbers = sites.stream()
                .map(own -> own.stream()
                        .flatMapToDouble(site -> DoubleStream.of(site.x, site.y))
                        .toArray())
                .toArray(double[][]::new);
        this.weights = new double[sites.size()];
    }

    /**
     * @param sites of each owner
     * @param areas each owner should have, in square metres; NaN for one that takes what is left
     * @param ground spots evenly spread over the ground, each standing for {@code spotArea}
     */
    static PowerDiagram tuned(List<List<Coordinate>> sites, double[] areas, List<Coordinate> ground, double spotArea) {
        var diagram = new PowerDiagram(sites);
        int owners = sites.size();
        float[][] nearness = new float[owners][ground.size()];
        for (int owner = 0; owner < owners; owner++) {
            for (int spot = 0; spot < ground.size(); spot++) {
                nearness[owner][spot] = (float) diagram.squared(owner, ground.get(spot));
            }
        }
        double[][] apart = diagram.apart();
        for (int round = 0; round < ROUNDS; round++) {
            double[] has = new double[owners];
            for (int spot = 0; spot < ground.size(); spot++) {
                int best = 0;
                for (int owner = 1; owner < owners; owner++) {
                    if (nearness[owner][spot] - diagram.weights[owner] < nearness[best][spot] - diagram.weights[best]) {
                        best = owner;
                    }
                }
                has[best] += spotArea;
            }
            double pace = round < ROUNDS / 2 ? 0.4 : 0.15;
            for (int owner = 0; owner < owners; owner++) {
                if (!Double.isNaN(areas[owner])) {
                    diagram.weights[owner] += pace * (areas[owner] - has[owner]);
                }
            }
            diagram.keepSitesInside(apart, areas);
        }
        return diagram;
    }

    private double[][] apart() {
        int owners = sites.size();
        double[][] apart = new double[owners][owners];
        for (int a = 0; a < owners; a++) {
            for (int b = 0; b < owners; b++) {
                apart[a][b] = Double.MAX_VALUE;
                for (Coordinate site : sites.get(a)) {
                    apart[a][b] = Math.min(apart[a][b], squared(b, site));
                }
            }
        }
        return apart;
    }

    private void keepSitesInside(double[][] apart, double[] areas) {
        for (int pass = 0; pass < 4; pass++) {
            for (int a = 0; a < weights.length; a++) {
                for (int b = 0; b < weights.length; b++) {
                    double most = apart[a][b] - Math.min(OWN_SIDE, apart[a][b] / 4);
                    if (a != b && weights[b] - weights[a] > most) {
                        // The stronger gives way, unless it is the rest of the world.
                        if (Double.isNaN(areas[b])) {
                            weights[a] = weights[b] - most;
                        } else {
                            weights[b] = weights[a] + most;
                        }
                    }
                }
            }
        }
    }

    /** The owner of a spot. */
    int ownerOf(Coordinate spot) {
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int owner = 0; owner < weights.length; owner++) {
            double power = squared(owner, spot) - weights[owner];
            if (power < least) {
                least = power;
                best = owner;
            }
        }
        return best;
    }

    private double squared(int owner, Coordinate spot) {
        double least = Double.MAX_VALUE;
        double[] own = numbers[owner];
        for (int i = 0; i < own.length; i += 2) {
            double dx = own[i] - spot.x;
            double dy = own[i + 1] - spot.y;
            least = Math.min(least, dx * dx + dy * dy);
        }
        return least;
    }
}
