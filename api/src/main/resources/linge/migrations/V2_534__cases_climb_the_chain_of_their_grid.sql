-- How a case climbs within a grid's team before it goes to the village's centre. Data: a city may word and order it otherwise.
CREATE TABLE escalation_chains (
    kind     text NOT NULL,
    position int NOT NULL,
    label    text NOT NULL,
    role     role,
    level    text,
    PRIMARY KEY (kind, position),
    CONSTRAINT a_rung_is_a_rank_or_a_centre CHECK (num_nonnulls(role, level) = 1),
    CONSTRAINT ranks_are_of_a_team CHECK (
        role IS NULL OR role IN ('GRID_ASSISTANT', 'GRID_WORKER', 'DEPUTY_LEADER', 'GRID_LEADER')),
    CONSTRAINT centres_are_above_grids CHECK (level IS NULL OR level IN ('VILLAGE', 'TOWN', 'COUNTY', 'CITY'))
);
INSERT INTO escalation_chains (kind, position, label, role, level) VALUES
    ('RURAL', 1, '网格员', 'GRID_WORKER', NULL),
    ('RURAL', 2, '网格长', 'GRID_LEADER', NULL),
    ('RURAL', 3, '村', NULL, 'VILLAGE'),
    ('RURAL', 4, '乡镇', NULL, 'TOWN'),
    ('URBAN', 1, '楼栋长（网格辅助员）', 'GRID_ASSISTANT', NULL),
    ('URBAN', 2, '网格员', 'GRID_WORKER', NULL),
    ('URBAN', 3, '分网格长', 'DEPUTY_LEADER', NULL),
    ('URBAN', 4, '网格长', 'GRID_LEADER', NULL),
    ('URBAN', 5, '社区', NULL, 'VILLAGE'),
    ('URBAN', 6, '街道', NULL, 'TOWN'),
    ('URBAN', 7, '区县', NULL, 'COUNTY');

-- Grids that climb otherwise than places of their kind do.
CREATE TABLE grid_chains (
    grid text PRIMARY KEY,
    kind text NOT NULL,
    CONSTRAINT grids_have_fifteen_digits CHECK (grid ~ '^[0-9]{15}$')
);
