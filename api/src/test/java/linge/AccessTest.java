package linge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may do what, asked over HTTP: every operation of the contract by everybody. */
class AccessTest {

    /**
     * An operation, or one of its uses, a row; a person a column; the status each is answered with. The case lies in a grid and on
     * its team's desk, or with a department of its county where the row says so. "Outside" stands for the same posts elsewhere.
     */
    private static final String TABLE = """
            operation                 nobody owner other assistant worker deputy leader dispatcher supervisor officer wrong-officer admin worker-outside dispatcher-outside
            getSettings               200    200   200   200       200    200    200    200        200        200     200           200   200            200
            listCategories            200    200   200   200       200    200    200    200        200        200     200           200   200            200
            triage                    200    200   200   200       200    200    200    200        200        200     200           200   200            200
            listPlaces                200    200   200   200       200    200    200    200        200        200     200           200   200            200
            findGridAt                200    200   200   200       200    200    200    200        200        200     200           200   200            200
            findGridByWords           200    200   200   200       200    200    200    200        200        200     200           200   200            200
            listGridOutlines          200    200   200   200       200    200    200    200        200        200     200           200   200            200
            getGrid                   200    200   200   200       200    200    200    200        200        200     200           200   200            200
            listDemoMessages          200    200   200   200       200    200    200    200        200        200     200           200   200            200
            listDemoSignIns           200    200   200   200       200    200    200    200        200        200     200           200   200            200
            sendSmsCode               202    202   202   202       202    202    202    202        202        202     202           202   202            202
            signIn                    401    401   401   401       401    401    401    401        401        401     401           401   401            401
            getSession                401    200   200   200       200    200    200    200        200        200     200           200   200            200
            getMe                     401    200   200   200       200    200    200    200        200        200     200           200   200            200
            putMe                     401    200   200   403       403    403    403    403        403        403     403           403   403            403
            changePassword            401    403   403   422       422    422    422    422        422        422     422           422   422            422
            getInbox                  401    200   200   200       200    200    200    200        200        200     200           200   200            200
            markInboxRead             401    200   200   200       200    200    200    200        200        200     200           200   200            200
            live                      401    200   200   200       200    200    200    200        200        200     200           200   200            200
            getPushKey                200    200   200   200       200    200    200    200        200        200     200           200   200            200
            putPushSubscription       401    200   200   200       200    200    200    200        200        200     200           200   200            200
            deletePushSubscription    401    204   204   204       204    204    204    204        204        204     204           204   204            204
            fileCase                  401    201   201   403       403    403    403    403        403        403     403           403   403            403
            listCases                 401    200   200   200       200    200    200    200        200        200     200           200   200            200
            getCase                   401    200   404   200       200    200    200    200        200        404     404           404   404            404
            getCase:department        401    200   404   200       200    200    200    200        200        200     404           404   404            404
            getCaseHistory            401    200   404   200       200    200    200    200        200        404     404           404   404            404
            getCaseHistory:department 401    200   404   200       200    200    200    200        200        200     404           404   404            404
            makeMove:NOTE             401    403   404   200       200    200    200    200        403        404     404           404   404            404
            makeMove:NOTE:department  401    403   404   403       403    403    403    200        403        200     404           404   404            404
            makeMove:ACCEPT           401    403   404   403       200    200    200    200        403        404     404           404   404            404
            makeMove:DECLINE          401    403   404   403       403    200    200    200        403        404     404           404   404            404
            makeMove:ESCALATE         401    403   404   200       200    200    200    403        403        404     404           404   404            404
            makeMove:DISPATCH         401    403   404   403       403    403    403    200        403        404     404           404   404            404
            makeMove:SUPERVISE        401    403   404   403       403    403    403    403        200        404     404           404   404            404
            makeMove:RETURN:department 401   403   404   403       403    403    403    403        403        200     404           404   404            404
            makeMove:HANDLE:department 401   403   404   403       403    403    403    403        403        200     404           404   404            404
            makeMove:SUPPLEMENT       401    200   404   403       403    403    403    403        403        404     404           404   404            404
            makeMove:URGE             401    200   404   403       403    403    403    403        403        404     404           404   404            404
            makeMove:WITHDRAW         401    200   404   403       403    403    403    403        403        404     404           404   404            404
            makeMove:CORRECT          401    403   404   403       200    200    200    200        403        404     404           404   404            404
            makeMove:CLIMB            401    403   404   403       403    403    403    403        403        404     404           404   404            404
            makeMove:ARCHIVE          401    403   404   403       403    403    403    409        409        404     404           404   404            404
            makeMove:LIST             401    403   404   403       403    403    403    403        200        404     404           404   404            404
            makeMove:RETURN_VISIT     401    403   404   403       403    403    403    409        409        404     404           404   404            404
            makeMove:ASK_EXTENSION:department 401 403 404  403       403    403    403    403        403        422     404           404   404            404
            makeMove:SUSPEND:department 401 403   404   403       403    403    403    422        422        422     404           404   404            404
            rateCase                  401    409   404   403       403    403    403    403        403        403     403           403   403            403
            revealIdentity            401    403   403   403       200    200    200    200        200        404     404           404   404            404
            revealIdentity:department 401    403   403   403       200    200    200    200        200        200     404           404   404            404
            prepareWhistle            401    403   403   403       403    403    403    200        200        404     404           404   404            404
            blowWhistle               401    403   403   403       403    403    403    201        201        404     404           404   404            404
            listWhistles              401    403   403   200       200    200    200    200        200        200     200           200   200            200
            getWhistle                401    403   403   200       200    200    200    200        200        200     404           404   404            404
            reportIn                  401    403   403   403       403    403    403    403        403        200     404           404   404            404
            addWhistleNote            401    403   403   403       403    403    403    200        200        200     404           404   404            404
            concludeWhistle           401    403   403   403       403    403    403    403        403        200     404           404   404            404
            countersign               401    403   403   403       403    403    403    403        403        200     404           404   404            404
            excuse                    401    403   403   403       403    403    403    200        200        403     404           404   404            404
            closeWhistle              401    403   403   403       403    403    403    200        200        403     404           404   404            404
            listTwins                 401    403   403   200       200    200    200    200        200        404     404           404   404            404
            joinTwins                 401    204   404   403       403    403    403    403        403        403     403           403   403            403
            mergeCases                401    403   403   403       403    403    403    200        403        403     403           403   403            404
            splitCase                 401    403   403   403       403    403    403    409        403        404     404           404   404            404
            twinsWhileFiling          200    200   200   200       200    200    200    200        200        200     200           200   200            200
            uploadMedia               401    201   201   201       201    201    201    201        201        201     201           201   201            201
            getMedia                  401    200   404   200       200    200    200    200        200        404     404           404   404            404
            getThumbnail              401    200   404   200       200    200    200    200        200        404     404           404   404            404
            deleteMedia               401    404   404   404       404    404    404    404        404        404     404           404   404            404
            listStaff                 401    403   403   403       403    403    403    403        403        403     403           200   403            403
            addStaff                  401    403   403   403       403    403    403    403        403        403     403           201   403            403
            changeStaff               401    403   403   403       403    403    403    403        403        403     403           200   403            403
            endStaffSessions          401    403   403   403       403    403    403    403        403        403     403           204   403            403
            getWeChatVisit            200    200    200    200    200    200    200    200    200    200    200    200    200    200
            bindWeChat                404    404    404    404    404    404    404    404    404    404    404    404    404    404
            unbindWeChat              401    204    204    403    403    403    403    403    403    403    403    403    403    403
            getWeChatJsSdk            404    404    404    404    404    404    404    404    404    404    404    404    404    404
            listWeChatPosters         401    403    403    200    200    200    200    200    200    200    200    200    200    200
            getWeChatPoster           401    403    403    200    200    200    200    200    200    200    403    200    403    403
            chat                      200    200    200    200    200    200    200    200    200    200    200    200    200    200
            askLegal                  200    200    200    200    200    200    200    200    200    200    200    200    200    200
            listLegalTopics           200    200    200    200    200    200    200    200    200    200    200    200    200    200
            listLegalCards            200    200    200    200    200    200    200    200    200    200    200    200    200    200
            getLegalCard              200    200    200    200    200    200    200    200    200    200    200    200    200    200
            searchLegalArticles       200    200    200    200    200    200    200    200    200    200    200    200    200    200
            checkEligibility          200    200    200    200    200    200    200    200    200    200    200    200    200    200
            getLegalArticle           404    404    404    404    404    404    404    404    404    404    404    404    404    404
            getConversation           404    200    404    404    404    404    404    404    404    404    404    404    404    404
            deleteConversation        404    204    404    404    404    404    404    404    404    404    404    404    404    404
            exportConversations       401    200    200    403    403    403    403    403    403    403    403    403    403    403
            deleteConversations       401    204    204    403    403    403    403    403    403    403    403    403    403    403
            listQueue                 401    403    403    200    200    200    200    200    200    200    200    200    200    200
            listQueueFilters          401    403    403    200    200    200    200    200    200    200    200    200    200    200
            saveQueueFilter           401    403    403    201    201    201    201    201    201    201    201    201    201    201
            changeQueueFilter         401    403    403    404    404    404    404    404    404    404    404    404    404    404
            deleteQueueFilter         401    403    403    404    404    404    404    404    404    404    404    404    404    404
            orderQueueFilters         401    403    403    204    204    204    204    204    204    204    204    204    204    204
            makeBatch                 401    403    403    200    200    200    200    200    200    200    200    200    200    200
            suggestTargets            401    403    403    200    200    200    200    200    200    404    404    404    404    404
            checkReply                401    403    403    200    200    200    200    200    200    404    404    404    404    404
            askReplyRelease           401    403    403    403    201    201    201    201    403    404    404    403    404    404
            listReplyReleases         401    403    403    200    200    200    200    200    200    200    200    200    200    200
            decideReplyRelease        401    403    403    403    403    403    403    403    200    403    403    403    403    403
            getReplyPolicy            401    403    403    403    403    403    403    403    200    403    403    200    403    403
            setReplyPolicy            401    403    403    403    403    403    403    403    403    403    403    200    403    403
            listReplyTemplates        401    403    403    403    403    403    403    403    200    403    403    200    403    403
            addReplyTemplate          401    403    403    403    403    403    403    403    201    403    403    201    403    403
            changeReplyTemplate       401    403    403    403    403    403    403    403    200    403    403    200    403    403
            suggestReplyTemplates     401    403    403    200    200    200    200    200    200    404    404    404    404    404
            useReplyTemplate          401    403    403    204    204    204    204    204    204    404    404    404    404    404
            getAdmissionList          401    403    403    200    200    200    200    200    200    200    200    200    200    200
            importAdmissionList       401    403    403    403    403    403    403    403    403    403    403    200    403    403
            askAdmission:department   401    403    403    403    403    403    403    201    403    201    404    403    403    404
            listAdmissionRequests     401    403    403    200    200    200    200    200    200    200    200    200    200    200
            decideAdmission           401    403    403    403    403    403    403    403    200    403    403    403    403    403
            listDesk                  401    403    403    403    403    403    403    200    200    403    403    403    403    200
            readDesk                  401    403    403    403    403    403    403    200    200    403    403    403    403    404
            answerDesk                401    403    403    403    403    403    403    200    200    403    403    403    403    404
            closeDesk                 401    403    403    403    403    403    403    200    200    403    403    403    403    404
            draftLegalAid             401    200    200    403    403    403    403    403    403    403    403    403    403    403
            applyForLegalAid          401    201    201    403    403    403    403    403    403    403    403    403    403    403
            getLegalAid               401    200    404    404    404    404    404    200    200    404    404    404    404    404
            getStatutes               401    403    403    403    403    403    403    403    403    403    403    200    403    403
            importStatutes            401    403    403    403    403    403    403    403    403    403    403    202    403    403
            listUnanswered            401    403    403    403    403    403    403    200    200    403    403    200    403    200
            draftCard                 401    403    403    403    403    403    403    200    200    403    403    200    403    200
            closeUnanswered           401    403    403    403    403    403    403    204    204    403    403    204    403    204
            listCardDrafts            401    403    403    403    403    403    403    200    200    403    403    200    403    200
            changeCardDraft           401    403    403    403    403    403    403    200    200    403    403    200    403    200
            deleteCardDraft           401    403    403    403    403    403    403    204    204    403    403    204    403    204
            exportCard                401    403    403    403    403    403    403    200    200    403    403    200    403    200
            publishCard               401    403    403    403    403    403    403    403    403    403    403    200    403    403
            getMyNotices              401    200    200    403    403    403    403    403    403    403    403    403    403    403
            putMyNotices              401    200    200    403    403    403    403    403    403    403    403    403    403    403
            trustMyPhone              401    200    200    403    403    403    403    403    403    403    403    403    403    403
            getNoticeDesk             401    403    403    403    403    403    403    403    403    403    403    200    403    403
            getNoticeRates            401    403    403    403    403    403    403    403    403    403    403    200    403    403
            listParkedNotices         401    403    403    403    403    403    403    403    403    403    403    200    403    403
            resendParked              401    403    403    403    403    403    403    403    403    403    403    404    403    403
            resendParkedGroup         401    403    403    403    403    403    403    403    403    403    403    200    403    403
            dropParked                401    403    403    403    403    403    403    403    403    403    403    404    403    403
            setNoticeQuota            401    403    403    403    403    403    403    403    403    403    403    200    403    403
            listNoticeTemplates       401    403    403    403    403    403    403    403    403    403    403    200    403    403
            mapNoticeTemplate         401    403    403    403    403    403    403    403    403    403    403    200    403    403
            previewNotice             401    403    403    403    403    403    403    403    403    403    403    200    403    403
            listBouncedNumbers        401    403    403    403    403    403    403    403    403    403    403    200    403    403
            trustNumber               401    403    403    403    403    403    403    403    403    403    403    404    403    403
            listStoppedAnswers        401    403    403    403    403    403    403    403    403    403    403    200    403    403
            resendAnswer              401    403    403    403    403    403    403    403    403    403    403    404    403    403
            dropAnswer                401    403    403    403    403    403    403    403    403    403    403    404    403    403
            listNoticeActions         401    403    403    403    403    403    403    403    403    403    403    200    403    403
            setLeave                  401    403   403   403       403    403    403    403        403        403     403           204   403            403
            listPosts                 401    403    403    403    403    403    403    403    200    403    403    200    403    403
            appointToPost             401    403   403   403       403    403    403    403        403        403     403           404   403            403
            endPost                   401    403   403   403       403    403    403    403        403        403     403           404   403            403
            getProof                  404    404   404   404       404    404    404    404        404        404     404           404   404            404
            getProofCode              404    404   404   404       404    404    404    404        404        404     404           404   404            404
            getToday                  401    403   403   200       200    200    200    403        403        403     403           403   200            403
            takeCasesAlong            401    403   403   200       200    200    200    403        403        403     403           403   200            403
            getFieldCase              401    403   403   200       200    200    200    200        200        404     404           404   404            404
            callResident              401    403   403   403       503    503    503    403        403        403     403           403   404            403
            putFieldStamps            401    403   403   204       204    204    204    403        403        403     403           403   204            403
            fileFound                 401    403   403   201       201    201    201    403        403        403     403           403   201            403
            addFieldLog               401    403   403   201       201    201    201    403        403        403     403           403   201            403
            listFieldLogs             401    403   403   200       200    200    200    200        200        403     403           403   200            200
            strikeOutFieldLog         401    403   403   404       404    404    404    403        403        403     403           403   404            403
            getLedger                 401    403   403   200       200    200    200    403        403        403     403           403   200            403
            getLedgerDay              401    403   403   200       200    200    200    403        403        403     403           403   200            403
            exportLedger              401    403   403   200       200    200    200    403        403        403     403           403   200            403
            listCampaigns             401    403   403   200       200    200    200    200        200        403     403           403   200            200
            getCampaign               401    403   403   200       200    200    200    200        200        403     403           403   404            404
            addCampaign               401    403   403   403       403    201    201    201        201        403     403           403   403            201
            endCampaign               401    403   403   403       403    403    403    200        200        403     403           403   403            404
            listWebhooks              401    403   403   403       403    403    403    403        403        403     403           200   403            403
            addWebhook                401    403   403   403       403    403    403    403        403        403     403           201   403            403
            changeWebhook             401    403   403   403       403    403    403    403        403        403     403           200   403            403
            rotateWebhook             401    403   403   403       403    403    403    403        403        403     403           200   403            403
            pingWebhook               401    403   403   403       403    403    403    403        403        403     403           200   403            403
            listWebhookDeliveries     401    403   403   403       403    403    403    403        403        403     403           200   403            403
            settleWebhookDelivery     401    403   403   403       403    403    403    403        403        403     403           204   403            403
            listSources               401    403   403   403       403    403    403    403        403        403     403           200   403            403
            addSource                 401    403   403   403       403    403    403    403        403        403     403           201   403            403
            changeSource              401    403   403   403       403    403    403    403        403        403     403           200   403            403
            rotateSource              401    403   403   403       403    403    403    403        403        403     403           200   403            403
            getCaseClocks             401    403   403   200       200    200    200    200        200        404     404           404   404            404
            listClocks                401    403   403   200       200    200    200    200        200        403     403           403   200            200
            listClockProfiles         401    403   403   403       403    403    403    200        200        403     403           200   403            200
            listClockRuleVersions     401    403   403   403       403    403    403    200        200        403     403           200   403            200
            changeClockRule           401    403   403   403       403    403    403    403        403        403     403           200   403            403
            changeServiceHours        401    403   403   403       403    403    403    403        403        403     403           200   403            403
            getCalendar               401    403   403   200       200    200    200    200        200        200     200           200   200            200
            importCalendar            401    403   403   403       403    403    403    403        403        403     403           200   403            403
            fileReport                401   401   401   401   401   401   401   401   401   401   401   401   401   401
            getReport                 401   401   401   401   401   401   401   401   401   401   401   401   401   401
            getBoard                  401    403    403    403    403    403    403    200    200    403    403    200    403    200
            getBoardTrend             401    403    403    403    403    403    403    200    200    403    403    200    403    200
            getHotTopics              401    403    403    403    403    403    403    200    200    403    403    200    403    200
            getBoardMap               401    403    403    403    403    403    403    200    200    403    403    200    403    200
            listBoardCases            401    403    403    403    403    403    403    200    200    403    403    200    403    200
            exportCases               401    403    403    403    403    403    403    200    200    403    403    200    403    200
            getEvaluationScore        401 403 403 200 200 200 200 403 403 403 403 403 200 403
            listEvaluationLines       401 403 403 200 200 200 200 403 403 403 403 403 200 403
            rankEvaluation            401 403 403 403 403 403 403 200 200 403 403 200 403 403
            listEvaluationPeriods     401 403 403 200 200 200 200 200 200 403 403 200 200 403
            publishEvaluation         401 403 403 403 403 403 403 403 409 403 403 409 403 403
            finaliseEvaluation        401 403 403 403 403 403 403 403 409 403 403 409 403 403
            listEvaluationObjections  401 403 403 403 403 403 403 200 200 403 403 200 403 403
            objectToEvaluation        401 403 403 409 409 409 409 403 403 403 403 403 409 403
            decideEvaluationObjection 401 403 403 403 403 403 403 403 404 403 403 403 403 403
            listEvaluationSignals     401 403 403 403 403 403 403 200 200 403 403 200 403 403
            decideEvaluationSignal    401 403 403 403 403 403 403 403 404 403 403 403 403 403
            getEvaluationRules        401 403 403 200 200 200 200 200 200 403 403 200 200 403
            changeEvaluationRules     401 403 403 403 403 403 403 403 409 403 403 409 403 403
            listRewards               401 403 403 200 200 200 200 200 200 403 403 200 200 403
            proposeReward             401 403 403 403 403 403 403 403 404 403 403 201 403 403
            actOnReward               401 403 403 403 403 403 403 403 404 403 403 404 403 403
            setRewardBudget           401 403 403 403 403 403 403 403 200 403 403 200 403 403
            exportRewards             401 403 403 403 403 403 403 200 200 403 403 200 403 403
            listHonours               401 403 403 200 200 200 200 200 200 403 403 200 200 403
            chooseForHonour           401 403 403 403 403 403 403 403 404 403 403 409 403 403
            consentToHonour           401 403 403 404 404 404 404 403 403 403 403 403 404 403
            endHonour                 401 403 403 403 403 403 403 403 404 403 403 404 403 403
            listPublicHonours         200 200 200 200 200 200 200 200 200 200 200 200 200 200
            getDemoData               401    403    403    403    403    403    403    403    403    403    403    200    403    403
            clearDemoData             401    403    403    403    403    403    403    403    403    403    403    200    403    403
            fillDemoData              401    403    403    403    403    403    403    403    403    403    403    202    403    403
            getPost                   401    403    403    403    403    403    403    403    404    403    403    404    403    403
            addPost                   401    403    403    403    403    403    403    403    403    403    403    201    403    403
            cancelLeave               401    403    403    403    403    403    403    403    403    403    403    404    403    403
            getAdminHome              401    403    403    403    403    403    403    403    403    403    403    200    403    403
            getAdminArea              401    403    403    403    403    403    403    403    200    403    403    200    403    403
            listAreaNames             401    403    403    403    403    403    403    403    200    403    403    200    403    403
            addAreaName               401    403    403    403    403    403    403    403    403    403    403    201    403    403
            removeAreaName            401    403    403    403    403    403    403    403    403    403    403    404    403    403
            listGridVersions          401    403    403    403    403    403    403    403    403    403    403    200    403    403
            uploadGrids               401    403    403    403    403    403    403    403    403    403    403    201    403    403
            getGridImport             401    403    403    403    403    403    403    403    403    403    403    200    403    403
            listGridChanges           401    403    403    403    403    403    403    403    403    403    403    200    403    403
            getGridImportMap          401    403    403    403    403    403    403    403    403    403    403    200    403    403
            scheduleGrids             401    403    403    403    403    403    403    403    403    403    403    409    403    403
            cancelGrids               401    403    403    403    403    403    403    403    403    403    403    200    403    403
            listAudit                 401    403    403    403    403    403    403    403    200    403    403    200    403    403
            listAuditActs             401    403    403    403    403    403    403    403    200    403    403    200    403    403
            exportAudit               401    403    403    403    403    403    403    403    200    403    403    200    403    403
            applyForMediation         401    201   201   403       403    403    403    403        403        403     403           403   403            403
            listMyMediations          401    200   200   403       403    403    403    403        403        403     403           403   403            403
            openMediation             401    403   403   403       403    403    403    201        201        403     403           403   403            403
            getMediation              401    200   404   404       404    404    404    200        200        404     404           404   404            404
            actOnMediation            401    403   404   404       404    404    404    200        200        404     404           404   404            404
            readMediationIdentities   401    403   403   404       404    404    404    200        200        404     404           404   404            404
            listMediations            401    403   403   200       200    200    200    200        200        200     200           403   200            200
            listMediationCommittees   401    403   403   200       200    200    200    200        200        200     200           200   200            200
            keepMediationCommittee    401    403   403   403       403    403    403    403        403        403     403           200   403            403
            listLegalAid              401    403   403   403       403    403    403    200        200        403     403           403   403            200
            getLegalAidAtDesk         401    403   403   404       404    404    404    200        200        404     404           404   404            404
            actOnLegalAid             401    403   404   404       404    404    404    200        403        404     404           404   404            404
            signOut                   401    204   204   204       204    204    204    204        204        204     204           204   204            204
            """;

    /** What can be done once. */
    private static final String USED_UP =
            "deleteConversation|draftCard|endCampaign|closeDesk|changeCardDraft|deleteCardDraft|publishCard|settleWebhookDelivery"
                    + "|decideReplyRelease|decideAdmission|changeReplyTemplate|blowWhistle|reportIn|concludeWhistle|countersign|excuse"
                    + "|closeWhistle|actOnMediation|actOnLegalAid";

    /** Writes of staff that leave no line in the audit trail, each for its reason. */
    private static final Set<String> UNAUDITED = Set.of(
            // Asks, and changes nothing.
            "triage",
            "twinsWhileFiling",
            "askLegal",
            "checkEligibility",
            "previewNotice",
            "checkReply",
            // Concerns nobody but the person who does it.
            "sendSmsCode",
            "chat",
            "markInboxRead",
            "putPushSubscription",
            "deletePushSubscription",
            "orderQueueFilters",
            "signOut",
            "uploadMedia",
            // The history of the case says it, sealed.
            "makeMove",
            "makeBatch",
            "blowWhistle",
            "reportIn",
            "closeWhistle",
            "fileFound",
            // The conversation, the log itself and the stamp beside the move say it.
            "answerDesk",
            "addFieldLog",
            "putFieldStamps",
            // Only counted.
            "useReplyTemplate",
            // As sampled it does nothing: the case into itself, an empty group, what was so already, a look at a file.
            "askReplyRelease",
            "importAdmissionList",
            "mergeCases",
            "resendParkedGroup",
            "mapNoticeTemplate",
            "importCalendar");

    private static final Set<String> NOT_STAFF = Set.of("nobody", "owner", "other");

    private static TestApp app;
    private static String grid;
    private static String department;
    private static final Map<String, Client> people = new HashMap<>();

    @BeforeAll
    static void start() {
        app = TestApp.on(TestApp.demoDatabase(), Map.of("LINGE_DEMO", "true", "LINGE_WEBHOOK_NETWORKS", "127.0.0.0/8"));
        grid = app.grid();
        String county = grid.substring(0, 6);
        people.put("nobody", app.nobody());
        people.put("owner", app.resident());
        people.put("other", app.resident());
        for (String role : List.of("assistant", "worker", "deputy", "leader")) {
            people.put(role, app.staff(role + "-" + grid));
        }
        people.put("dispatcher", app.staff("dispatcher-" + county));
        people.put("supervisor", app.staff("supervisor-" + county));
        department = people.get("owner")
                .file(TestApp.streetLamp())
                .getJsonObject("department")
                .getString("code");
        String officer = department.toLowerCase(Locale.ROOT);
        people.put("officer", app.staff("officer-" + county + "-" + officer));
        people.put("wrong-officer", app.staff("officer-140404-" + officer));
        people.put("admin", app.staff("admin"));
        people.put("worker-outside", app.staff("worker-" + gridIn("140404")));
        people.put("dispatcher-outside", app.staff("dispatcher-140404"));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void the_table_has_every_operation_of_the_contract() {
        Set<String> named = new TreeSet<>();
        rows().forEach(row -> named.add(row[0].replaceFirst(":.*", "")));
        assertEquals(new TreeSet<>(ContractBook.BOOK.ids()), named);
    }

    @TestFactory
    Stream<DynamicTest> everybody_gets_the_answer_in_the_table() {
        String[] head = TABLE.lines().findFirst().orElseThrow().split("\\s+");
        return rows().map(row -> DynamicTest.dynamicTest(row[0], () -> {
            List<String> wanted = new ArrayList<>();
            List<String> got = new ArrayList<>();
            List<String> words = Arrays.asList(row[0].split(":"));
            SampleRequests.On on = needed(words);
            for (int i = 1; i < head.length; i++) {
                long before = app.count("SELECT count(*) FROM audit_log");
                int status = answered(words, people.get(head[i]), on);
                if (status < 300 && !NOT_STAFF.contains(head[i]) && isAudited(words.get(0))) {
                    assertEquals(
                            1,
                            app.count("SELECT count(*) FROM audit_log") - before,
                            () -> "lines in the audit trail about " + words.get(0));
                }
                wanted.add(head[i] + " " + row[i]);
                got.add(head[i] + " " + status);
                if (status < 300 && (words.size() > 1 || words.get(0).matches(USED_UP))) {
                    // What was done changed the case: the next one gets a case as it was.
                    on = needed(words);
                }
            }
            assertEquals(wanted, got);
        }));
    }

    /** Whatever changes something or takes data out. */
    private static boolean isAudited(String id) {
        boolean changes = ContractBook.BOOK.operations().stream()
                .anyMatch(op -> op.id().equals(id) && !op.method().equals("GET"));
        return changes && !UNAUDITED.contains(id)
                || Set.of("exportCases", "exportLedger", "exportAudit").contains(id);
    }

    private static int answered(List<String> words, Client who, SampleRequests.On on) throws IOException {
        String id = words.get(0);
        ContractBook.Op op = ContractBook.BOOK.operations().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
        SampleRequests.Sample sample = SampleRequests.of(id, on);
        Client client = SampleRequests.withHeaders(id, who);
        return switch (id) {
            case "live" -> {
                HttpResponse<InputStream> stream = client.open(sample.path());
                stream.body().close();
                yield stream.statusCode();
            }
            case "uploadMedia" ->
                client.send("POST", sample.path(), "application/octet-stream", Pictures.png())
                        .status();
            case "importStatutes" ->
                client.send(
                                "PUT",
                                sample.path(),
                                "application/octet-stream",
                                linge.legal.MadeUpLaws.lines().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .status();
            case "uploadGrids" ->
                client.send(
                                "POST",
                                sample.path(),
                                "application/octet-stream",
                                "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .status();
            case "makeMove" -> client.post(sample.path(), move(words, on)).status();
            default -> client.send(op.method(), sample.path(), sample.body()).status();
        };
    }

    /** What an operation needs to be there, made afresh. */
    private static SampleRequests.On needed(List<String> words) throws IOException {
        String media = "00000000-0000-4000-8000-000000000000";
        String number = "000000000000";
        if (words.get(0).equals("getMedia") || words.get(0).equals("getThumbnail")) {
            media = people.get("owner")
                    .send("POST", "/api/media", "application/octet-stream", Pictures.png())
                    .expect(201)
                    .string("id");
            people.get("owner").file(TestApp.streetLamp().put("media", new JsonArray().add(media)));
        }
        if (words.get(0)
                .matches(
                        "getCase.*|makeMove|rateCase|revealIdentity|suggestTargets|getFieldCase|callResident|listTwins|joinTwins|mergeCases|splitCase"
                                + "|checkReply|askReplyRelease|suggestReplyTemplates|useReplyTemplate|askAdmission")) {
            number = people.get("owner").file(TestApp.streetLamp()).getString("number");
            if (words.contains("department")) {
                people.get("dispatcher").move(number, "DISPATCH", "department", department);
            }
        }
        SampleRequests.On on = new SampleRequests.On(number, media, "deputy-" + gridIn("140405"), grid);
        return switch (words.get(0)) {
            case "getConversation", "deleteConversation" -> on.talking(say("你好").getString("conversation"), "");
            case "readDesk", "answerDesk", "closeDesk" -> on.talking(waiting(), "");
            case "getMediation", "actOnMediation", "readMediationIdentities" ->
                new SampleRequests.On(number, mediated(), on.user(), grid);
            case "getLegalAid", "getLegalAidAtDesk", "actOnLegalAid" ->
                new SampleRequests.On(applied(), media, on.user(), grid);
            case "getCampaign", "endCampaign" -> on.on(calledOut());
            case "decideReplyRelease" -> on.on(releaseAsked());
            case "decideAdmission" -> on.on(admissionAsked());
            case "changeReplyTemplate" ->
                on.on(people.get("supervisor")
                        .post("/api/reply-templates", SampleRequests.template())
                        .expect(201)
                        .json()
                        .getLong("id"));
            case "draftCard", "closeUnanswered" -> on.on(asked());
            case "getGridImport", "listGridChanges", "getGridImportMap", "scheduleGrids", "cancelGrids" ->
                on.on(uploaded());
            case "changeWebhook", "rotateWebhook", "pingWebhook", "listWebhookDeliveries" -> on.on(hooked());
            case "settleWebhookDelivery" -> on.on(withOneSent(hooked()));
            case "changeClockRule" -> on.on(app.count("""
                        SELECT r.id FROM clock_rules r WHERE r.code = 'ORDINARY' AND r.area IN ('', '1404')
                        ORDER BY r.area DESC, r.change DESC LIMIT 1"""));
            case "changeSource", "rotateSource" -> on.on(bringing());
            case "changeCardDraft", "deleteCardDraft", "publishCard", "exportCard" -> on.on(drafted());
            case "prepareWhistle", "blowWhistle" -> new SampleRequests.On(accepted(), media, on.user(), grid);
            case "getWhistle",
                    "reportIn",
                    "addWhistleNote",
                    "concludeWhistle",
                    "countersign",
                    "excuse",
                    "closeWhistle" -> whistled(words.get(0), on);
            case "resendParked", "dropParked", "resendAnswer", "dropAnswer" -> on.on(Integer.MAX_VALUE);
            default -> on;
        };
    }

    private static long releaseAsked() {
        String number = people.get("owner").file(TestApp.streetLamp()).getString("number");
        return people.get("worker")
                .post("/api/cases/" + number + "/reply-releases", SampleRequests.release())
                .expect(201)
                .json()
                .getLong("id");
    }

    private static long admissionAsked() {
        String number = people.get("owner").file(TestApp.streetLamp()).getString("number");
        people.get("dispatcher").move(number, "DISPATCH", "department", department);
        return people.get("officer")
                .post(
                        "/api/cases/" + number + "/admission",
                        new JsonObject().put("grid", grid).put("why", "就在网格里"))
                .expect(201)
                .json()
                .getLong("id");
    }

    private static JsonObject say(String words) {
        return people.get("owner")
                .post("/api/chat", new JsonObject().put("text", words))
                .expect(200)
                .json();
    }

    /** A conversation of the owner's that waits on the desk of the county. */
    private static String waiting() {
        String conversation = say("你好").getString("conversation");
        app.sql(db -> db.preparedQuery("""
                        UPDATE conversations SET desk = 'WAITING', desk_area = $2, desk_asked_at = now() WHERE id = $1""").execute(io.vertx.sqlclient.Tuple.of(conversation, grid.substring(0, 6))));
        return conversation;
    }

    /** The owner's application, as nobody has touched it. */
    private static String mediated() {
        Client applicant = people.get("owner");
        app.sql(db ->
                db.query("DELETE FROM rate_limits WHERE key LIKE 'mediation:%'").execute());
        SampleRequests.Sample sample =
                SampleRequests.of("applyForMediation", new SampleRequests.On("1", "1", "admin", grid));
        return SampleRequests.withHeaders("applyForMediation", applicant)
                .post(sample.path(), sample.body())
                .expect(201)
                .string("id");
    }

    private static String applied() {
        return SampleRequests.withHeaders("applyForLegalAid", people.get("owner"))
                .post("/api/legal/applications", SampleRequests.application())
                .expect(201)
                .json()
                .getJsonObject("case")
                .getString("number");
    }

    private static long hooked() {
        return people.get("admin")
                .post("/api/staff/webhooks", SampleRequests.webhook())
                .expect(201)
                .json()
                .getJsonObject("webhook")
                .getLong("id");
    }

    /** The webhook, with a delivery of number 1 that was sent. */
    private static long withOneSent(long webhook) {
        app.count("""
                WITH gone AS (DELETE FROM webhook_deliveries WHERE id = 1),
                event AS (
                    INSERT INTO webhook_events (id, type, subject, area, data, origin_data, at)
                    VALUES (gen_random_uuid()::text, 'cn.linge.case.filed', '1', '1404', '{}', '{}', now()) RETURNING seq)
                SELECT seq FROM event""");
        // The first number is taken: one that the service sends next must not get it again.
        app.count("SELECT nextval(pg_get_serial_sequence('webhook_deliveries', 'id'))");
        return app.count("""
                INSERT INTO webhook_deliveries (id, event, webhook, state, settled_at)
                OVERRIDING SYSTEM VALUE
                SELECT 1, max(seq), $1, 'SENT', now() FROM webhook_events RETURNING webhook""", webhook);
    }

    private static String accepted() {
        String number = people.get("owner").file(TestApp.streetLamp()).getString("number");
        people.get("worker").move(number, "ACCEPT");
        return number;
    }

    /** A whistle as far as this operation needs it; the department leads it, or assists where it is to sign. */
    private static SampleRequests.On whistled(String operation, SampleRequests.On on) {
        boolean signs = operation.equals("countersign");
        JsonObject wanted = new JsonObject()
                .put("reason", "要一起到现场看")
                .put("lead", signs ? "HEALTH" : department)
                .put("assisting", new JsonArray().add(signs ? department : "HEALTH"));
        String id = SampleRequests.withHeaders("blowWhistle", people.get("dispatcher"))
                .post("/api/cases/" + accepted() + "/whistle", wanted)
                .expect(201)
                .string("id");
        String whistle = "/api/whistles/" + id;
        Client health = app.staff("officer-" + grid.substring(0, 6) + "-health");
        if (operation.matches("addWhistleNote|concludeWhistle|countersign")) {
            for (Client officer : List.of(people.get("officer"), health)) {
                SampleRequests.withHeaders("reportIn", officer)
                        .post(whistle + "/report", new JsonObject())
                        .expect(200);
            }
        }
        if (signs) {
            health.post(
                            whistle + "/conclusion",
                            new JsonObject().put("version", 2).put("words", "一起办"))
                    .expect(200);
        }
        int version = people.get("dispatcher").get(whistle).expect(200).json().getInteger("version");
        return new SampleRequests.On(on.number(), id, on.user(), grid).on(version);
    }

    private static long bringing() {
        return people.get("admin")
                .post("/api/staff/sources", SampleRequests.source())
                .expect(201)
                .json()
                .getJsonObject("source")
                .getLong("id");
    }

    /** A campaign of the county. */
    private static long calledOut() {
        return people.get("dispatcher")
                .post("/api/field/campaigns", SampleRequests.campaign())
                .expect(201)
                .json()
                .getLong("id");
    }

    /** A file of grids that has faults. */
    private static long uploaded() throws IOException {
        return people.get("admin")
                .send(
                        "POST",
                        "/api/admin/grids/imports?name=grids.geojson",
                        "application/octet-stream",
                        "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .expect(201)
                .json()
                .getLong("id");
    }

    private static long asked() {
        return app.count("""
                INSERT INTO legal_questions (asked_as, question, times, first_at, last_at)
                VALUES (gen_random_uuid()::text, '没人答得上的问题', 1, now(), now()) RETURNING id""");
    }

    /** A draft that could be published. */
    private static long drafted() {
        return app.sql(db -> db.preparedQuery(
                        "INSERT INTO card_drafts (content, updated_at, updated_by) VALUES ($1, now(), '某人') RETURNING id")
                .execute(io.vertx.sqlclient.Tuple.of(SampleRequests.card()))
                .map(rows -> rows.iterator().next().getLong("id")));
    }

    private static JsonObject move(List<String> words, SampleRequests.On on) {
        JsonObject move = new JsonObject()
                .put("move", words.get(1))
                .put("version", words.contains("department") ? 1 : 0)
                .put("words", "写明情况")
                .put("channel", "12345");
        return switch (words.get(1)) {
            case "DISPATCH" -> move.put("to", grid.substring(0, 12));
            case "CORRECT" -> move.put("category", "LAW.AID");
            default -> move;
        };
    }

    private static Stream<String[]> rows() {
        return TABLE.lines().skip(1).map(line -> line.split("\\s+"));
    }

    private static String gridIn(String county) {
        return app.sql(db -> db.preparedQuery(
                        "SELECT min(area) AS area FROM staff WHERE length(area) = 15 AND area LIKE $1 || '%'")
                .execute(io.vertx.sqlclient.Tuple.of(county))
                .map(rows -> rows.iterator().next().getString("area")));
    }
}
