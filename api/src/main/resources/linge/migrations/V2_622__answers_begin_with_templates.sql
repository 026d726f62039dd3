-- Words to begin an answer with, for categories and an area with all below it. A change is another version; all are kept.
CREATE TABLE reply_templates (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    area       text NOT NULL,
    version    int NOT NULL,
    name       text NOT NULL,
    categories text[] NOT NULL,
    words      text NOT NULL,
    required   text[] NOT NULL,
    active     boolean NOT NULL,
    uses       bigint NOT NULL DEFAULT 0,
    set_by     uuid REFERENCES staff,
    set_name   text NOT NULL,
    set_at     timestamptz NOT NULL,
    CONSTRAINT template_names_are_short CHECK (length(name) BETWEEN 1 AND 40),
    CONSTRAINT template_words_are_bounded CHECK (length(words) BETWEEN 1 AND 1000)
);
CREATE INDEX reply_templates_by_area ON reply_templates (area) WHERE active;
CREATE TABLE reply_template_versions (
    template_id bigint NOT NULL REFERENCES reply_templates,
    version     int NOT NULL,
    name        text NOT NULL,
    categories  text[] NOT NULL,
    words       text NOT NULL,
    required    text[] NOT NULL,
    active      boolean NOT NULL,
    set_by      uuid NOT NULL REFERENCES staff,
    set_name    text NOT NULL,
    set_at      timestamptz NOT NULL,
    PRIMARY KEY (template_id, version)
);

-- To begin with, for every area: staff change them or write their own beside.
INSERT INTO reply_templates (area, version, name, categories, words, required, active, set_name, set_at) VALUES
    ('', 1, '办结：修好了', '{}', '您反映的{反映事项}问题，{责任单位}于{办理日期}到现场，查明原因是{原因}，已{采取措施}，现在{办理结果}。如还有问题请随时联系我们。', '{办理日期,采取措施,办理结果}', true, '随系统附带', now()),
    ('', 1, '办结：劝导或调解', '{}', '您反映的{反映事项}问题，{责任单位}于{办理日期}上门，与{对方}沟通后{办理结果}，{复查日期}复查{复查情况}。', '{办理日期,对方,办理结果}', true, '随系统附带', now()),
    ('', 1, '还要些时间：已定下日期', '{}', '您反映的{反映事项}问题，{责任单位}于{办理日期}查看，需要{采取措施}，{完成日期}前完成；在此之前{临时措施}。', '{办理日期,采取措施,完成日期}', true, '随系统附带', now()),
    ('', 1, '咨询：已经答复', '{}', '您咨询的{反映事项}事项，{责任单位}于{办理日期}电话向您说明：{答复内容}。依据是{依据}。', '{办理日期,答复内容}', true, '随系统附带', now());
