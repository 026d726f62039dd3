package linge.notify.wechat.platform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import me.chanjar.weixin.common.bean.menu.WxMenu;
import me.chanjar.weixin.common.bean.oauth2.WxOAuth2AccessToken;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.mp.api.impl.WxMpServiceImpl;
import me.chanjar.weixin.mp.bean.kefu.WxMpKefuMessage;
import me.chanjar.weixin.mp.bean.message.WxMpXmlMessage;
import me.chanjar.weixin.mp.bean.message.WxMpXmlOutMessage;
import me.chanjar.weixin.mp.bean.result.WxMpQrCodeTicket;
import me.chanjar.weixin.mp.bean.result.WxMpUser;
import me.chanjar.weixin.mp.bean.subscribe.WxMpSubscribeMessage;
import me.chanjar.weixin.mp.bean.template.WxMpTemplateData;
import me.chanjar.weixin.mp.bean.template.WxMpTemplateMessage;
import me.chanjar.weixin.mp.config.WxMpHostConfig;
import me.chanjar.weixin.mp.config.impl.WxMpDefaultConfigImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * WxJava, which thousands of accounts use with WeChat itself, finds on our platform what it expects: so that the platform and
 * our own client do not merely agree with each other.
 */
class WxJavaAgreesTest {

    private final Instant now = Instant.parse("2026-03-02T01:00:00Z");
    private final Vertx vertx = Vertx.vertx();
    private final WxMpServiceImpl wx = new WxMpServiceImpl();
    private final WxMpDefaultConfigImpl config = new WxMpDefaultConfigImpl();
    private WeChatPlatform platform;
    private Follower wang;

    @BeforeEach
    void open() {
        platform = WeChatPlatform.start(vertx, () -> now, 7);
        config.setAppId(platform.account().appId());
        config.setSecret(platform.account().secret());
        config.setToken(platform.account().token());
        config.setAesKey(platform.account().aesKey());
        config.setUseStableAccessToken(true);
        config.setHostConfig(new WxMpHostConfig(platform.api(), platform.api(), platform.api()));
        wx.setWxMpConfigStorage(config);
        wx.setMaxRetryTimes(1);
        wang = platform.follower("o-wang").called("王阿姨").alreadyFollowing();
        platform.template("T1", "character_string1", "thing2");
    }

    @AfterEach
    void close() throws Exception {
        platform.close();
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @Test
    void it_sends_the_three_kinds_of_messages() throws Exception {
        WxMpTemplateMessage template = WxMpTemplateMessage.builder()
                .toUser("o-wang")
                .templateId("T1")
                .url("https://linge.example.cn/cases/CZ26-000017")
                .clientMsgId("17")
                .build();
        template.addData(new WxMpTemplateData("character_string1", "CZ26-000017"));
        template.addData(new WxMpTemplateData("thing2", "路灯已修好"));
        String msgid = wx.getTemplateMsgService().sendTemplateMsg(template);
        assertEquals(Long.toString(wang.seen().get(0).number()), msgid);
        assertEquals("17", wang.seen().get(0).key());
        assertEquals("路灯已修好", wang.seen().get(0).field("thing2"));

        wang.says("路灯修好了吗");
        assertTrue(wx.getKefuService()
                .sendKefuMessage(
                        WxMpKefuMessage.TEXT().toUser("o-wang").content("修好了").build()));
        assertEquals("修好了", wang.seen().get(1).text());

        wang.allows("T1");
        WxMpSubscribeMessage subscription = WxMpSubscribeMessage.builder()
                .toUser("o-wang")
                .templateId("T1")
                .page("https://linge.example.cn/")
                .dataMap(java.util.Map.of("character_string1", "CZ26-000017", "thing2", "路灯已修好"))
                .build();
        wx.getSubscribeMsgService().send(subscription);
        assertEquals(Effect.Kind.SUBSCRIPTION, wang.seen().get(2).kind());
        assertEquals("路灯已修好", wang.seen().get(2).field("thing2"));
        WxErrorException refused = assertThrows(
                WxErrorException.class, () -> wx.getSubscribeMsgService().send(subscription));
        assertEquals(43101, refused.getError().getErrorCode());
    }

    @Test
    void it_learns_who_people_are() throws Exception {
        String page = wx.getOAuth2Service().buildAuthorizationUrl("http://h/back", "snsapi_userinfo", "s1");
        String back = wang.opens(page).await(30, TimeUnit.SECONDS);
        assertTrue(back.endsWith("&state=s1"), back);
        WxOAuth2AccessToken token = wx.getOAuth2Service().getAccessToken(back.replaceFirst(".*code=([^&]+).*", "$1"));
        assertEquals("o-wang", token.getOpenId());
        assertEquals("王阿姨", wx.getOAuth2Service().getUserInfo(token, null).getNickname());
        WxMpUser user = wx.getUserService().userInfo("o-wang");
        assertTrue(user.getSubscribe());
        assertEquals(wang.unionid(), user.getUnionId());
    }

    @Test
    void it_makes_menus_codes_and_tickets_and_fetches_pictures() throws Exception {
        WxErrorException none =
                assertThrows(WxErrorException.class, () -> wx.getMenuService().menuCreate("{\"button\":[]}"));
        assertEquals(40016, none.getError().getErrorCode());
        wx.getMenuService().menuCreate("{\"button\":[{\"type\":\"click\",\"name\":\"我的诉求\",\"key\":\"MINE\"}]}");
        WxMenu menu = WxMenu.fromJson(platform.menus.get().encode());
        assertEquals("MINE", menu.getButtons().get(0).getKey());

        WxMpQrCodeTicket code = wx.getQrcodeService().qrCodeCreateLastTicket("grid-140403001001001");
        assertEquals("grid-140403001001001", platform.qrCodes.scene(code.getTicket()));
        assertTrue(Files.size(wx.getQrcodeService().qrCodePicture(code).toPath()) > 1000);
        assertEquals(wx.getJsapiTicket(), platform.tokens.ticket().getString("ticket"));

        byte[] jpeg = {(byte) 0xff, (byte) 0xd8, 1, 2, 3};
        String media = Xml.leaves(wang.shows(jpeg).xml()).get("MediaId");
        assertArrayEquals(
                jpeg,
                Files.readAllBytes(wx.getMaterialService().mediaDownload(media).toPath()));
    }

    @Test
    void it_opens_our_pushes_and_we_open_its_answers() throws Exception {
        CompletableFuture<WxMpXmlMessage> heard = new CompletableFuture<>();
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    WxMpXmlMessage in = WxMpXmlMessage.fromEncryptedXml(
                            body.toString(),
                            config,
                            request.getParam("timestamp"),
                            request.getParam("nonce"),
                            request.getParam("msg_signature"));
                    assertTrue(wx.checkSignature(
                            request.getParam("timestamp"), request.getParam("nonce"), request.getParam("signature")));
                    heard.complete(in);
                    request.response()
                            .end(WxMpXmlOutMessage.TEXT()
                                    .content("收到")
                                    .fromUser(in.getToUser())
                                    .toUser(in.getFromUser())
                                    .build()
                                    .toEncryptedXml(config));
                }))
                .listen(0, "127.0.0.1")
                .await(30, TimeUnit.SECONDS);
        platform.callback("http://127.0.0.1:" + server.actualPort() + "/");
        Push push = wang.says("路灯坏了");
        Answer answer = push.answer().await(30, TimeUnit.SECONDS);
        assertEquals("收到", answer.text());
        WxMpXmlMessage in = heard.get(30, TimeUnit.SECONDS);
        assertEquals("路灯坏了", in.getContent());
        assertEquals(push.key(), in.getMsgId().toString());
    }

    @Test
    void it_reads_every_kind_of_push() {
        List<Push> pushes = List.of(
                wang.points(36.19, 113.11, "东街"),
                wang.speaks("路灯坏了", new byte[] {1}),
                wang.shares("题", "述", "http://h/"),
                wang.scans("grid-1"),
                wang.clicks("MINE"),
                wang.isAt(36.19, 113.11),
                wang.allows("T1"));
        List<WxMpXmlMessage> read =
                pushes.stream().map(push -> WxMpXmlMessage.fromXml(push.xml())).toList();
        assertEquals(36.19, read.get(0).getLocationX());
        assertEquals("路灯坏了", read.get(1).getRecognition());
        assertEquals("http://h/", read.get(2).getUrl());
        assertEquals("grid-1", read.get(3).getEventKey());
        assertEquals("CLICK", read.get(4).getEvent());
        assertEquals(36.19, read.get(5).getLatitude());
        assertEquals("subscribe_msg_popup_event", read.get(6).getEvent());
        assertEquals(now.getEpochSecond(), read.get(6).getCreateTime());
    }
}
