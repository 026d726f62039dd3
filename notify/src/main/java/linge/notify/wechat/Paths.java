package linge.notify.wechat;

/** WeChat's interfaces that we call here. */
final class Paths {

    static final String STABLE_TOKEN = "/cgi-bin/stable_token";
    static final String TEMPLATE = "/cgi-bin/message/template/send";
    static final String SUBSCRIPTION = "/cgi-bin/message/subscribe/bizsend";
    static final String SERVICE = "/cgi-bin/message/custom/send";

    private Paths() {}
}
