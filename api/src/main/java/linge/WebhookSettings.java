package linge;

import java.util.ArrayList;
import java.util.List;
import linge.notify.webhook.Network;
import linge.notify.webhook.Vault;
import org.jspecify.annotations.Nullable;

/**
 * Other systems of the city.
 *
 * @param key seals their secrets, base64 of 32 bytes; null for a file in the data folder
 * @param networks of our own that webhooks may lead into; none: only the open internet
 */
record WebhookSettings(@Nullable String key, List<Network> networks) {

    static WebhookSettings read(Settings.Reader read) {
        return new WebhookSettings(
                read.orNull("LINGE_WEBHOOK_KEY", WebhookSettings::sealingKey),
                read.get("LINGE_WEBHOOK_NETWORKS", List.<Network>of(), WebhookSettings::networks));
    }

    private static String sealingKey(String text) {
        try {
            Vault.of(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("应为 32 个字节的 base64，例如 openssl rand -base64 32 的输出", e);
        }
        return text;
    }

    private static List<Network> networks(String text) {
        List<Network> networks = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            try {
                networks.add(Network.parse(one.strip()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("应形如 10.12.0.0/16,192.168.3.7", e);
            }
        }
        return List.copyOf(networks);
    }

    /** The networks as a setting names them. */
    String shownNetworks() {
        return networks.isEmpty()
                ? "(只有互联网)"
                : String.join(",", networks.stream().map(Network::toString).toList());
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
        return shownNetworks();
    }
}
