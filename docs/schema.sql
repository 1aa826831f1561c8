-- Made by scripts/generate from datasette_cases/store/tables.py and views.py.

CREATE TABLE "actors" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "kind" TEXT NOT NULL,
   "name" TEXT NOT NULL,
   "short_name" TEXT NOT NULL,
   "name_native" TEXT,
   "language" TEXT,
   "country" TEXT,
   "website" TEXT,
   "note" TEXT
);

CREATE TABLE "authorities" (
   "id" TEXT PRIMARY KEY NOT NULL REFERENCES "actors"("id"),
   "name" TEXT NOT NULL,
   "name_native" TEXT NOT NULL,
   "names" TEXT NOT NULL,
   "short_name" TEXT NOT NULL,
   "country" TEXT,
   "region" TEXT,
   "level" TEXT NOT NULL,
   "edpb_member" INTEGER NOT NULL,
   "languages" TEXT NOT NULL,
   "website" TEXT,
   "seat" TEXT,
   "latitude" REAL,
   "longitude" REAL,
   "calendar" TEXT,
   "former_names" TEXT,
   "note" TEXT
);

CREATE TABLE "cases" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "title" TEXT NOT NULL,
   "summary" TEXT NOT NULL,
   "regime" TEXT NOT NULL,
   "opened" TEXT,
   "opened_precision" TEXT,
   "opened_end" TEXT,
   "last_act" TEXT,
   "last_act_precision" TEXT,
   "last_act_end" TEXT,
   "checked" TEXT,
   "total_complaints" INTEGER NOT NULL
);

CREATE TABLE "case_respondents" (
   "case_id" TEXT NOT NULL REFERENCES "cases"("id"),
   "actor_id" TEXT NOT NULL REFERENCES "actors"("id"),
   PRIMARY KEY ("case_id", "actor_id")
);

CREATE TABLE "case_topics" (
   "case_id" TEXT NOT NULL REFERENCES "cases"("id"),
   "topic" TEXT NOT NULL,
   PRIMARY KEY ("case_id", "topic")
);

CREATE TABLE "case_subjects" (
   "case_id" TEXT NOT NULL REFERENCES "cases"("id"),
   "id" TEXT NOT NULL,
   "since" TEXT NOT NULL,
   "title" TEXT NOT NULL,
   PRIMARY KEY ("case_id", "id")
);

CREATE TABLE "key_days" (
   "case_id" TEXT NOT NULL REFERENCES "cases"("id"),
   "date" TEXT NOT NULL,
   "label" TEXT NOT NULL,
   PRIMARY KEY ("case_id", "date")
);

CREATE TABLE "searches" (
   "case_id" TEXT NOT NULL REFERENCES "cases"("id"),
   "date" TEXT NOT NULL,
   "places" TEXT NOT NULL,
   "languages" TEXT NOT NULL,
   "authorities" TEXT
);

CREATE TABLE "translations" (
   "case_id" TEXT NOT NULL REFERENCES "cases"("id"),
   "language" TEXT NOT NULL,
   "item_type" TEXT NOT NULL,
   "item_id" TEXT NOT NULL,
   "field" TEXT NOT NULL,
   "text" TEXT NOT NULL,
   PRIMARY KEY ("case_id", "language", "item_type", "item_id", "field")
);

CREATE TABLE "complaints" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "case_id" TEXT NOT NULL REFERENCES "cases"("id"),
   "position" INTEGER NOT NULL,
   "authority_id" TEXT REFERENCES "actors"("id"),
   "country" TEXT,
   "filed" TEXT NOT NULL,
   "filed_precision" TEXT NOT NULL,
   "filed_end" TEXT NOT NULL,
   "reference_numbers" TEXT,
   "brought_under" TEXT,
   "articles" TEXT,
   "count" INTEGER NOT NULL,
   "handled_by_id" TEXT REFERENCES "actors"("id"),
   "handled_since" TEXT,
   "strand" TEXT,
   "confidence" TEXT,
   "note" TEXT
);

CREATE TABLE "complaint_actors" (
   "complaint_id" TEXT NOT NULL REFERENCES "complaints"("id"),
   "actor_id" TEXT NOT NULL REFERENCES "actors"("id"),
   "role" TEXT NOT NULL,
   PRIMARY KEY ("complaint_id", "role", "actor_id")
);

CREATE TABLE "roles" (
   "case_id" TEXT NOT NULL REFERENCES "cases"("id"),
   "authority_id" TEXT NOT NULL REFERENCES "actors"("id"),
   "role" TEXT NOT NULL,
   "since" TEXT NOT NULL,
   "until" TEXT,
   "note" TEXT
);

CREATE TABLE "events" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "case_id" TEXT NOT NULL REFERENCES "cases"("id"),
   "position" INTEGER NOT NULL,
   "actor_id" TEXT REFERENCES "actors"("id"),
   "actor_country" TEXT,
   "separately" INTEGER NOT NULL,
   "date" TEXT NOT NULL,
   "date_precision" TEXT NOT NULL,
   "date_end" TEXT NOT NULL,
   "published" TEXT,
   "act" TEXT NOT NULL,
   "summary" TEXT NOT NULL,
   "status" TEXT,
   "strand" TEXT,
   "regime" TEXT,
   "outcome" TEXT,
   "scope" TEXT,
   "reference" TEXT,
   "confidence" TEXT,
   "context" INTEGER NOT NULL,
   "note" TEXT,
   "retracted" TEXT
);

CREATE TABLE "event_actors" (
   "event_id" TEXT NOT NULL REFERENCES "events"("id"),
   "actor_id" TEXT NOT NULL REFERENCES "actors"("id"),
   PRIMARY KEY ("event_id", "actor_id")
);

CREATE TABLE "event_addressees" (
   "event_id" TEXT NOT NULL,
   "actor_id" TEXT NOT NULL REFERENCES "actors"("id"),
   PRIMARY KEY ("event_id", "actor_id")
);

CREATE TABLE "event_respondents" (
   "event_id" TEXT NOT NULL,
   "actor_id" TEXT NOT NULL REFERENCES "actors"("id"),
   PRIMARY KEY ("event_id", "actor_id")
);

CREATE TABLE "event_complaints" (
   "event_id" TEXT NOT NULL REFERENCES "events"("id"),
   "complaint_id" TEXT NOT NULL REFERENCES "complaints"("id"),
   PRIMARY KEY ("event_id", "complaint_id")
);

CREATE TABLE "event_affects" (
   "event_id" TEXT NOT NULL REFERENCES "events"("id"),
   "authority_id" TEXT NOT NULL REFERENCES "actors"("id"),
   PRIMARY KEY ("event_id", "authority_id")
);

CREATE TABLE "event_ends" (
   "event_id" TEXT NOT NULL,
   "ended_id" TEXT NOT NULL,
   "answers" TEXT,
   PRIMARY KEY ("event_id", "ended_id")
);

CREATE TABLE "measures" (
   "event_id" TEXT NOT NULL REFERENCES "events"("id"),
   "kind" TEXT NOT NULL,
   "provisional" INTEGER NOT NULL,
   "from_day" TEXT NOT NULL,
   "until_day" TEXT,
   "amount" REAL,
   "amount_max" REAL,
   "currency" TEXT,
   "amount_eur" REAL,
   "per" TEXT,
   "proposed" INTEGER NOT NULL,
   "collected" REAL
);

CREATE TABLE "decision_states" (
   "event_id" TEXT NOT NULL REFERENCES "events"("id"),
   "state" TEXT NOT NULL,
   "since" TEXT NOT NULL,
   "until" TEXT,
   "by_event_id" TEXT NOT NULL,
   "measures" TEXT
);

CREATE TABLE "statements" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "event_id" TEXT REFERENCES "events"("id"),
   "case_id" TEXT NOT NULL REFERENCES "cases"("id"),
   "position" INTEGER NOT NULL,
   "actor_id" TEXT REFERENCES "actors"("id"),
   "actor_country" TEXT,
   "date" TEXT NOT NULL,
   "date_precision" TEXT NOT NULL,
   "date_end" TEXT NOT NULL,
   "published" TEXT,
   "summary" TEXT NOT NULL,
   "quote" TEXT,
   "language" TEXT,
   "translation" TEXT,
   "translator" TEXT,
   "form" TEXT NOT NULL,
   "subject" TEXT,
   "status" TEXT,
   "strand" TEXT,
   "replies_to" TEXT,
   "confidence" TEXT,
   "context" INTEGER NOT NULL,
   "note" TEXT,
   "retracted" TEXT
);

CREATE TABLE "statement_actors" (
   "statement_id" TEXT NOT NULL REFERENCES "statements"("id"),
   "actor_id" TEXT NOT NULL REFERENCES "actors"("id"),
   "date_end" TEXT NOT NULL,
   "case_id" TEXT NOT NULL REFERENCES "cases"("id"),
   "position" INTEGER NOT NULL,
   PRIMARY KEY ("statement_id", "actor_id")
);

CREATE TABLE "answers" (
   "statement_id" TEXT NOT NULL REFERENCES "statements"("id"),
   "question" TEXT NOT NULL,
   "answer" TEXT NOT NULL,
   "about_authority_id" TEXT REFERENCES "actors"("id")
);

CREATE TABLE "stances" (
   "case_id" TEXT NOT NULL REFERENCES "cases"("id"),
   "actor_id" TEXT NOT NULL REFERENCES "actors"("id"),
   "subject" TEXT,
   "strand" TEXT,
   "question" TEXT NOT NULL,
   "answer" TEXT NOT NULL,
   "since" TEXT NOT NULL,
   "until" TEXT,
   "answer_since" TEXT NOT NULL,
   "statement_id" TEXT NOT NULL REFERENCES "statements"("id"),
   "form" TEXT NOT NULL
);

CREATE TABLE "statuses" (
   "case_id" TEXT NOT NULL REFERENCES "cases"("id"),
   "authority_id" TEXT REFERENCES "actors"("id"),
   "country" TEXT,
   "complaint_id" TEXT REFERENCES "complaints"("id"),
   "strand" TEXT,
   "status" TEXT NOT NULL,
   "phase" TEXT NOT NULL,
   "open" INTEGER NOT NULL,
   "since" TEXT NOT NULL,
   "until" TEXT,
   "event_id" TEXT
);

CREATE TABLE "proceedings" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "case_id" TEXT NOT NULL REFERENCES "cases"("id"),
   "authority_id" TEXT REFERENCES "actors"("id"),
   "country" TEXT,
   "roles" TEXT NOT NULL,
   "opened" TEXT,
   "status" TEXT,
   "phase" TEXT,
   "status_since" TEXT,
   "complaints_open" INTEGER NOT NULL,
   "complaints_closed" INTEGER NOT NULL
);

CREATE TABLE "time_limits" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "regime" TEXT NOT NULL,
   "provision" TEXT NOT NULL,
   "actor_role" TEXT,
   "starts_with" TEXT,
   "count" INTEGER,
   "unit" TEXT,
   "applies_from" TEXT,
   "applies_to" TEXT,
   "summary" TEXT NOT NULL,
   "on_expiry" TEXT NOT NULL,
   "confidence" TEXT NOT NULL,
   "source_url" TEXT
);

CREATE TABLE "deadlines" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "case_id" TEXT NOT NULL REFERENCES "cases"("id"),
   "position" INTEGER NOT NULL,
   "kind" TEXT NOT NULL,
   "title" TEXT NOT NULL,
   "last_day" TEXT,
   "last_day_precision" TEXT,
   "last_day_end" TEXT,
   "reckoned_day" TEXT,
   "reckoned_day_first" TEXT,
   "basis" TEXT,
   "provision" TEXT,
   "rule_id" TEXT REFERENCES "time_limits"("id"),
   "set_by_event_id" TEXT,
   "start_event_id" TEXT,
   "start_day" TEXT,
   "complaint_id" TEXT REFERENCES "complaints"("id"),
   "outcome" TEXT NOT NULL,
   "closed_by_event_id" TEXT,
   "note" TEXT,
   "day_end" TEXT,
   "known_from" TEXT NOT NULL,
   "settled_from" TEXT
);

CREATE TABLE "deadline_actors" (
   "deadline_id" TEXT NOT NULL REFERENCES "deadlines"("id"),
   "actor_id" TEXT NOT NULL REFERENCES "actors"("id"),
   "role" TEXT NOT NULL,
   "day_end" TEXT,
   "case_id" TEXT NOT NULL REFERENCES "cases"("id"),
   "position" INTEGER NOT NULL,
   PRIMARY KEY ("deadline_id", "role", "actor_id")
);

CREATE TABLE "deadline_steps" (
   "deadline_id" TEXT NOT NULL REFERENCES "deadlines"("id"),
   "step" INTEGER NOT NULL,
   "day" TEXT,
   "text" TEXT NOT NULL,
   "provision" TEXT,
   PRIMARY KEY ("deadline_id", "step")
);

CREATE TABLE "sources" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "url" TEXT NOT NULL,
   "archived_url" TEXT,
   "host" TEXT NOT NULL,
   "publisher" TEXT NOT NULL,
   "title" TEXT,
   "kind" TEXT NOT NULL,
   "language" TEXT,
   "published" TEXT,
   "accessed" TEXT
);

CREATE TABLE "citations" (
   "item_type" TEXT NOT NULL,
   "item_id" TEXT NOT NULL,
   "source_id" TEXT NOT NULL REFERENCES "sources"("id"),
   "position" INTEGER NOT NULL,
   PRIMARY KEY ("item_type", "item_id", "source_id")
);

CREATE TABLE "facets" (
   "list" TEXT NOT NULL,
   "facet" TEXT NOT NULL,
   "value" TEXT NOT NULL,
   "number" INTEGER NOT NULL,
   PRIMARY KEY ("list", "facet", "value")
);

CREATE TABLE "deadline_days" (
   "actor_id" TEXT NOT NULL,
   "state" TEXT NOT NULL,
   "day" TEXT NOT NULL,
   "number" INTEGER NOT NULL,
   PRIMARY KEY ("actor_id", "state", "day")
);

CREATE TABLE "first_days" (
   "case_id" TEXT NOT NULL REFERENCES "cases"("id"),
   "authority_id" TEXT NOT NULL REFERENCES "actors"("id"),
   "asked" TEXT,
   "heard" TEXT,
   "acted" TEXT,
   PRIMARY KEY ("case_id", "authority_id")
);

CREATE TABLE "nothing_found" (
   "case_id" TEXT PRIMARY KEY NOT NULL REFERENCES "cases"("id"),
   "number" INTEGER NOT NULL,
   "settled" TEXT NOT NULL
);

CREATE TABLE "case_titles" (
   "language" TEXT NOT NULL,
   "title" TEXT NOT NULL,
   "case_id" TEXT NOT NULL REFERENCES "cases"("id")
);

CREATE TABLE "actor_cases" (
   "actor_id" TEXT NOT NULL REFERENCES "actors"("id"),
   "case_id" TEXT NOT NULL REFERENCES "cases"("id"),
   "last_act_end" TEXT,
   "since" TEXT NOT NULL,
   PRIMARY KEY ("actor_id", "case_id")
);

CREATE TABLE "record_days" (
   "authority_id" TEXT NOT NULL REFERENCES "actors"("id"),
   "day" TEXT NOT NULL,
   "complaints" INTEGER NOT NULL,
   "cases" INTEGER NOT NULL,
   "n" INTEGER NOT NULL,
   "median_days" REAL,
   "complaints_open" INTEGER NOT NULL,
   "shortest_days" INTEGER,
   "longest_days" INTEGER,
   PRIMARY KEY ("authority_id", "day")
);

CREATE TABLE "deadline_months" (
   "month" TEXT NOT NULL,
   "deadline_id" TEXT NOT NULL REFERENCES "deadlines"("id"),
   "day_end" TEXT,
   "case_id" TEXT NOT NULL REFERENCES "cases"("id"),
   "position" INTEGER NOT NULL,
   PRIMARY KEY ("month", "deadline_id")
);

CREATE TABLE "overdue_deadlines" (
   "deadline_id" TEXT PRIMARY KEY NOT NULL REFERENCES "deadlines"("id"),
   "rule_id" TEXT REFERENCES "time_limits"("id"),
   "day_end" TEXT NOT NULL,
   "case_id" TEXT NOT NULL REFERENCES "cases"("id"),
   "position" INTEGER NOT NULL
);

CREATE TABLE "follow_up_days" (
   "case_id" TEXT NOT NULL,
   "reason" TEXT NOT NULL,
   "day" TEXT NOT NULL,
   "number" INTEGER NOT NULL,
   PRIMARY KEY ("case_id", "reason", "day")
);

CREATE TABLE "vocabulary" (
   "field" TEXT NOT NULL,
   "value" TEXT NOT NULL,
   "label" TEXT NOT NULL,
   "phase" TEXT,
   "meaning" TEXT NOT NULL,
   "provision" TEXT,
   "sort" INTEGER NOT NULL,
   "language" TEXT NOT NULL,
   "regime" TEXT,
   "rank" INTEGER,
   "coloured" INTEGER NOT NULL
);

CREATE TABLE "releases" (
   "id" INTEGER PRIMARY KEY NOT NULL,
   "released" TEXT NOT NULL,
   "schema_version" INTEGER NOT NULL,
   "built_with" TEXT NOT NULL,
   "digest" TEXT NOT NULL
);

CREATE TABLE "changes" (
   "release_id" INTEGER NOT NULL REFERENCES "releases"("id"),
   "item" TEXT NOT NULL,
   "column" TEXT,
   "old" TEXT,
   "new" TEXT,
   "kind" TEXT NOT NULL,
   "reason" TEXT
);

CREATE TABLE "earlier_rows" (
   "release_id" INTEGER NOT NULL REFERENCES "releases"("id"),
   "table" TEXT NOT NULL,
   "case_id" TEXT,
   "place" INTEGER NOT NULL,
   "row" TEXT
);

CREATE INDEX "idx_authorities_country"
    ON "authorities" ("country");

CREATE INDEX "idx_cases_last_act_end"
    ON "cases" ("last_act_end");

CREATE INDEX "idx_cases_opened_end_id"
    ON "cases" ("opened_end", "id");

CREATE INDEX "idx_cases_total_complaints_id"
    ON "cases" ("total_complaints", "id");

CREATE INDEX "idx_cases_opened"
    ON "cases" ("opened");

CREATE INDEX "idx_cases_regime"
    ON "cases" ("regime");

CREATE INDEX "idx_case_respondents_actor_id"
    ON "case_respondents" ("actor_id");

CREATE INDEX "idx_case_topics_topic"
    ON "case_topics" ("topic");

CREATE INDEX "idx_searches_case_id_date"
    ON "searches" ("case_id", "date");

CREATE INDEX "idx_complaints_case_id_authority_id"
    ON "complaints" ("case_id", "authority_id");

CREATE INDEX "idx_complaints_authority_id"
    ON "complaints" ("authority_id");

CREATE INDEX "idx_complaint_actors_actor_id"
    ON "complaint_actors" ("actor_id");

CREATE INDEX "idx_roles_case_id_authority_id"
    ON "roles" ("case_id", "authority_id");

CREATE INDEX "idx_roles_authority_id"
    ON "roles" ("authority_id");

CREATE INDEX "idx_events_case_id_date_end"
    ON "events" ("case_id", "date_end");

CREATE INDEX "idx_events_actor_id_date_end"
    ON "events" ("actor_id", "date_end");

CREATE INDEX "idx_event_actors_actor_id"
    ON "event_actors" ("actor_id");

CREATE INDEX "idx_event_addressees_actor_id"
    ON "event_addressees" ("actor_id");

CREATE INDEX "idx_event_respondents_actor_id"
    ON "event_respondents" ("actor_id");

CREATE INDEX "idx_event_complaints_complaint_id"
    ON "event_complaints" ("complaint_id");

CREATE INDEX "idx_event_affects_authority_id"
    ON "event_affects" ("authority_id");

CREATE INDEX "idx_event_ends_ended_id"
    ON "event_ends" ("ended_id");

CREATE INDEX "idx_measures_event_id"
    ON "measures" ("event_id");

CREATE INDEX "idx_decision_states_event_id_since"
    ON "decision_states" ("event_id", "since");

CREATE INDEX "idx_statements_case_id_date_end"
    ON "statements" ("case_id", "date_end");

CREATE INDEX "idx_statements_actor_id_date_end"
    ON "statements" ("actor_id", "date_end");

CREATE INDEX "idx_statements_date_end_case_id_position"
    ON "statements" ("date_end", "case_id", "position");

CREATE INDEX "idx_statements_date_precision_date_end_case_id_position"
    ON "statements" ("date_precision", "date_end", "case_id", "position");

CREATE INDEX "idx_statements_form_date_end_case_id_position"
    ON "statements" ("form", "date_end", "case_id", "position");

CREATE INDEX "idx_statements_language_date_end_case_id_position"
    ON "statements" ("language", "date_end", "case_id", "position");

CREATE INDEX "idx_statements_confidence_date_end_case_id_position"
    ON "statements" ("confidence", "date_end", "case_id", "position");

CREATE INDEX "idx_statement_actors_actor_id_date_end_case_id_position"
    ON "statement_actors" ("actor_id", "date_end", "case_id", "position");

CREATE INDEX "idx_answers_statement_id"
    ON "answers" ("statement_id");

CREATE INDEX "idx_stances_case_id_actor_id_question"
    ON "stances" ("case_id", "actor_id", "question");

CREATE INDEX "idx_stances_actor_id_question"
    ON "stances" ("actor_id", "question");

CREATE INDEX "idx_statuses_case_id_authority_id"
    ON "statuses" ("case_id", "authority_id");

CREATE INDEX "idx_statuses_complaint_id"
    ON "statuses" ("complaint_id");

CREATE INDEX "idx_statuses_authority_id_since"
    ON "statuses" ("authority_id", "since");

CREATE INDEX "idx_proceedings_case_id"
    ON "proceedings" ("case_id");

CREATE INDEX "idx_proceedings_authority_id"
    ON "proceedings" ("authority_id");

CREATE INDEX "idx_proceedings_phase"
    ON "proceedings" ("phase");

CREATE INDEX "idx_deadlines_case_id"
    ON "deadlines" ("case_id");

CREATE INDEX "idx_deadlines_last_day_end"
    ON "deadlines" ("last_day_end");

CREATE INDEX "idx_deadlines_day_end_case_id_position"
    ON "deadlines" ("day_end", "case_id", "position");

CREATE INDEX "idx_deadlines_known_from"
    ON "deadlines" ("known_from");

CREATE INDEX "idx_deadlines_rule_id_day_end_case_id_position"
    ON "deadlines" ("rule_id", "day_end", "case_id", "position");

CREATE INDEX "idx_deadline_actors_actor_id_day_end_case_id_position"
    ON "deadline_actors" ("actor_id", "day_end", "case_id", "position");

CREATE INDEX "idx_sources_host"
    ON "sources" ("host");

CREATE INDEX "idx_citations_source_id"
    ON "citations" ("source_id");

CREATE INDEX "idx_facets_list_facet_number"
    ON "facets" ("list", "facet", "number");

CREATE INDEX "idx_nothing_found_number_case_id_settled"
    ON "nothing_found" ("number", "case_id", "settled");

CREATE INDEX "idx_nothing_found_settled"
    ON "nothing_found" ("settled");

CREATE INDEX "idx_case_titles_language_title_case_id"
    ON "case_titles" ("language", "title", "case_id");

CREATE INDEX "idx_actor_cases_actor_id_last_act_end_case_id"
    ON "actor_cases" ("actor_id", "last_act_end", "case_id");

CREATE INDEX "idx_actor_cases_actor_id_since"
    ON "actor_cases" ("actor_id", "since");

CREATE INDEX "idx_deadline_months_month_day_end_case_id_position"
    ON "deadline_months" ("month", "day_end", "case_id", "position");

CREATE INDEX "idx_overdue_deadlines_day_end_case_id_position"
    ON "overdue_deadlines" ("day_end", "case_id", "position");

CREATE INDEX "idx_overdue_deadlines_rule_id_day_end_case_id_position"
    ON "overdue_deadlines" ("rule_id", "day_end", "case_id", "position");

CREATE INDEX "idx_follow_up_days_reason_case_id_day"
    ON "follow_up_days" ("reason", "case_id", "day");

CREATE INDEX "idx_vocabulary_field_value_language"
    ON "vocabulary" ("field", "value", "language");

CREATE INDEX "idx_changes_release_id"
    ON "changes" ("release_id");

CREATE INDEX "idx_changes_item"
    ON "changes" ("item");

CREATE INDEX "idx_earlier_rows_case_id_release_id"
    ON "earlier_rows" ("case_id", "release_id");

CREATE INDEX "idx_earlier_rows_table"
    ON "earlier_rows" ("table");

CREATE VIRTUAL TABLE "actors_fts" USING FTS5 (
    "name", "short_name", "name_native",
    tokenize='unicode61 remove_diacritics 2',
    content="actors"
);

CREATE VIRTUAL TABLE "cases_fts" USING FTS5 (
    "title", "summary",
    tokenize='unicode61 remove_diacritics 2',
    content="cases"
);

CREATE VIRTUAL TABLE "translations_fts" USING FTS5 (
    "text",
    tokenize='unicode61 remove_diacritics 2',
    content="translations"
);

CREATE VIRTUAL TABLE "statements_fts" USING FTS5 (
    "summary", "quote", "translation",
    tokenize='unicode61 remove_diacritics 2',
    content="statements"
);

CREATE VIEW "standing" AS select p.case_id, p.authority_id, p.country,
  (select json_group_array(role) from (
    select distinct r.role from roles r where r.case_id = p.case_id and r.authority_id = p.authority_id and r.since <= '9999-12-31' and (r.until is null or r.until > '9999-12-31')
    order by r.role)) as roles,
  lawful.answer as lawful, lawful.since as lawful_since, lawful.form as lawful_form, lawful.subject as lawful_subject, lawful.statement_id as lawful_statement_id, (select x.state from decision_states x where x.event_id = lawful.statement_id and x.measures is null and x.since <= '9999-12-31' and (x.until is null or x.until > '9999-12-31') order by x.since desc, x.rowid desc limit 1) as lawful_decision_state,
  competent.answer as competent, competent.since as competent_since, competent.form as competent_form, competent.subject as competent_subject, competent.statement_id as competent_statement_id, (select x.state from decision_states x where x.event_id = competent.statement_id and x.measures is null and x.since <= '9999-12-31' and (x.until is null or x.until > '9999-12-31') order by x.since desc, x.rowid desc limit 1) as competent_decision_state,
  urgent.answer as urgent, urgent.since as urgent_since, urgent.form as urgent_form, urgent.subject as urgent_subject, urgent.statement_id as urgent_statement_id, (select x.state from decision_states x where x.event_id = urgent.statement_id and x.measures is null and x.since <= '9999-12-31' and (x.until is null or x.until > '9999-12-31') order by x.since desc, x.rowid desc limit 1) as urgent_decision_state,
  draft.answer as draft, draft.since as draft_since, draft.form as draft_form, draft.subject as draft_subject, draft.statement_id as draft_statement_id, (select x.state from decision_states x where x.event_id = draft.statement_id and x.measures is null and x.since <= '9999-12-31' and (x.until is null or x.until > '9999-12-31') order by x.since desc, x.rowid desc limit 1) as draft_decision_state,
  u.status, u.phase, u.since as status_since, u.event_id as status_event_id,
  (select coalesce(sum(q.count), 0) from complaints q join statuses t on t.rowid = (
    select v.rowid from statuses v where v.complaint_id = q.id and +v.authority_id is p.authority_id and v.since <= '9999-12-31' and (v.until is null or v.until > '9999-12-31')
    order by v.since desc, v.rowid desc limit 1)
    where q.case_id = p.case_id and q.authority_id is p.authority_id
      and (p.authority_id is not null or q.country is p.country) and t.open) as complaints_open,
  (select coalesce(sum(q.count), 0) from complaints q join statuses t on t.rowid = (
    select v.rowid from statuses v where v.complaint_id = q.id and +v.authority_id is p.authority_id and v.since <= '9999-12-31' and (v.until is null or v.until > '9999-12-31')
    order by v.since desc, v.rowid desc limit 1)
    where q.case_id = p.case_id and q.authority_id is p.authority_id
      and (p.authority_id is not null or q.country is p.country) and not t.open) as complaints_closed,
  w.id as last_statement_id, coalesce(w.quote, w.summary) as last_words,
  (select o.url from citations c join sources o on o.id = c.source_id
    where c.item_type = 'statement' and c.item_id = w.id order by c.position limit 1) as last_source,
  p.authority_id is not null and (select min(q.filed_end) from complaints q where q.case_id = p.case_id and q.authority_id is p.authority_id
    and (p.authority_id is not null or q.country is p.country) and q.filed_end <= '9999-12-31') is not null
    and not exists (select 1 from statements x join statement_actors a on a.statement_id = x.id
      where x.case_id = p.case_id and a.actor_id = p.authority_id and x.date_end <= '9999-12-31' and x.retracted is null and not x.context)
    and not exists (select 1 from events x join event_actors a on a.event_id = x.id
      where x.case_id = p.case_id and a.actor_id = p.authority_id and x.date_end <= '9999-12-31' and x.retracted is null and not x.context)
    as nothing_found,
  cast(julianday((select max(n.date) from searches n where n.case_id = p.case_id and n.date <= '9999-12-31')) - julianday((select min(q.filed_end) from complaints q where q.case_id = p.case_id and q.authority_id is p.authority_id
    and (p.authority_id is not null or q.country is p.country) and q.filed_end <= '9999-12-31')) as integer)
    as days_asked
from proceedings p
  left join stances lawful on lawful.rowid = (
    select s.rowid from stances s left join case_subjects b on b.case_id = s.case_id and b.id = s.subject
    where s.case_id = p.case_id and s.actor_id = p.authority_id and s.question = 'lawful' and s.since <= '9999-12-31' and (s.until is null or s.until > '9999-12-31')
    order by b.since desc, s.since desc, s.rowid desc limit 1)
  left join stances competent on competent.rowid = (
    select s.rowid from stances s left join case_subjects b on b.case_id = s.case_id and b.id = s.subject
    where s.case_id = p.case_id and s.actor_id = p.authority_id and s.question = 'competent' and s.since <= '9999-12-31' and (s.until is null or s.until > '9999-12-31')
    order by b.since desc, s.since desc, s.rowid desc limit 1)
  left join stances urgent on urgent.rowid = (
    select s.rowid from stances s left join case_subjects b on b.case_id = s.case_id and b.id = s.subject
    where s.case_id = p.case_id and s.actor_id = p.authority_id and s.question = 'urgent' and s.since <= '9999-12-31' and (s.until is null or s.until > '9999-12-31')
    order by b.since desc, s.since desc, s.rowid desc limit 1)
  left join stances draft on draft.rowid = (
    select s.rowid from stances s left join case_subjects b on b.case_id = s.case_id and b.id = s.subject
    where s.case_id = p.case_id and s.actor_id = p.authority_id and s.question = 'draft' and s.since <= '9999-12-31' and (s.until is null or s.until > '9999-12-31')
    order by b.since desc, s.since desc, s.rowid desc limit 1)
  left join statuses u on u.rowid = (
    select v.rowid from statuses v where v.case_id = p.case_id and v.authority_id is p.authority_id
      and (p.authority_id is not null or v.country is p.country) and v.since <= '9999-12-31' and (v.until is null or v.until > '9999-12-31')
    order by v.since desc, v.rowid desc limit 1)
  left join statements w on w.rowid = (
    select x.rowid from statements x join statement_actors a on a.statement_id = x.id
    where x.case_id = p.case_id and a.actor_id = p.authority_id and x.date_end <= '9999-12-31' and x.retracted is null and not x.context
    order by x.date_end desc, x.position desc limit 1)
where 1
order by p.case_id, p.rowid;

CREATE VIEW "timeline" AS select c.case_id, c.filed as date, c.filed_precision as date_precision, c.filed_end as date_end, 'complaint' as item_type,
  c.id, (select a.actor_id from complaint_actors a where a.complaint_id = c.id and a.role = 'complainant' order by a.rowid limit 1) as actor_id,
  'complaint' as act, null as form, null as summary, c.authority_id, c.country, c.position, null as retracted
from complaints c
union all
select e.case_id, e.date, e.date_precision, e.date_end, 'event', e.id, e.actor_id, e.act,
  (select s.form from statements s where s.id = e.id), e.summary, null, e.actor_country, e.position, e.retracted
from events e
union all
select s.case_id, s.date, s.date_precision, s.date_end, 'statement', s.id, s.actor_id, null, s.form, s.summary, null,
  s.actor_country, s.position, s.retracted
from statements s where s.event_id is null
order by 1, 4, 5, 13;

CREATE VIEW "case_board" AS select c.id as case_id, c.title, a.id as authority_id, a.short_name, a.country, p.roles, p.status, p.phase, p.status_since,
  (select s.answer from stances s left join case_subjects b on b.case_id = s.case_id and b.id = s.subject
    where s.case_id = c.id and s.actor_id = a.id and s.until is null and s.question in
      (select v.value from vocabulary v where v.field = 'question' and v.coloured and v.regime = c.regime)
    order by b.since desc, s.since desc limit 1) as stance,
  (select d.state from stances s left join case_subjects b on b.case_id = s.case_id and b.id = s.subject
      left join decision_states d on d.event_id = s.statement_id and d.until is null and d.measures is null
    where s.case_id = c.id and s.actor_id = a.id and s.until is null and s.question in
      (select v.value from vocabulary v where v.field = 'question' and v.coloured and v.regime = c.regime)
    order by b.since desc, s.since desc limit 1) as decision_state
from cases c join proceedings p on p.case_id = c.id join actors a on a.id = p.authority_id
order by c.id, a.id;

CREATE VIEW "stands_today" AS select e.case_id, e.id as event_id, e.actor_id, e.date, e.date_end, e.act, e.outcome, e.scope, e.reference, e.summary,
  m.kind as measure, m.provisional, m.from_day, m.until_day, m.amount, m.amount_max, m.currency, m.amount_eur, m.per,
  m.proposed, d.state, d.since as state_since, d.by_event_id
from events e left join measures m on m.event_id = e.id
  left join decision_states d on d.rowid = (
    select x.rowid from decision_states x where x.event_id = e.id and x.until is null
      and (x.measures is null or exists (select 1 from json_each(x.measures) n where n.value = m.kind))
    order by x.measures is null, x.since desc, x.rowid desc limit 1)
where e.act in ('decision', 'binding-decision', 'measure') and e.retracted is null and not e.context
  and coalesce(d.state, '') <> 'annulled'
  and not exists (select 1 from event_ends n where n.ended_id = e.id and n.answers is null)
order by e.case_id, e.date_end, e.position;

CREATE VIEW "follow_up" AS select case_id, 'deadline-open' as reason, id as item, last_day_end as since, title as what, date(last_day_end, '+1 day') as from_day
from deadlines where outcome = 'open' and basis is not 'reckoned'
union all
select case_id, 'stated-and-reckoned-differ', id, last_day_end, title, null
from deadlines where reckoned_day < last_day or coalesce(reckoned_day_first, reckoned_day) > last_day_end
union all
select p.case_id, 'nothing-found', p.authority_id, (select min(q.filed_end) from complaints q where q.case_id = p.case_id and q.authority_id is p.authority_id
    and (p.authority_id is not null or q.country is p.country) and q.filed_end <= '9999-12-31'), 'asked, and no public word or act known', null
from proceedings p where p.authority_id is not null and (select min(q.filed_end) from complaints q where q.case_id = p.case_id and q.authority_id is p.authority_id
    and (p.authority_id is not null or q.country is p.country) and q.filed_end <= '9999-12-31') is not null
    and not exists (select 1 from statements x join statement_actors a on a.statement_id = x.id
      where x.case_id = p.case_id and a.actor_id = p.authority_id and x.date_end <= '9999-12-31' and x.retracted is null and not x.context)
    and not exists (select 1 from events x join event_actors a on a.event_id = x.id
      where x.case_id = p.case_id and a.actor_id = p.authority_id and x.date_end <= '9999-12-31' and x.retracted is null and not x.context)
union all
select case_id, 'status-unchanged', coalesce(authority_id, country), max(since), status, date(max(since), '+1 year')
from statuses where until is null and open group by case_id, authority_id, country
union all
select case_id, 'single-source', id, date_end, summary, null from events where confidence = 'single-source' and retracted is null
union all
select case_id, 'single-source', id, date_end, summary, null from statements
where confidence = 'single-source' and retracted is null and event_id is null
union all
select c.case_id, 'single-source', c.id, c.filed_end, 'complaint of ' || group_concat(a.actor_id, ', '), null
from complaints c join complaint_actors a on a.complaint_id = c.id and a.role = 'complainant'
where c.confidence = 'single-source' group by c.case_id, c.id
union all
select case_id, 'no-official-source', id, date_end, summary, null from events e where retracted is null
  and not exists (select 1 from citations c join sources s on s.id = c.source_id
    where c.item_type = 'event' and c.item_id = e.id and s.kind in ('official', 'court'))
union all
select case_id, 'no-official-source', id, date_end, summary, null from statements e where retracted is null and event_id is null
  and not exists (select 1 from citations c join sources s on s.id = c.source_id
    where c.item_type = 'statement' and c.item_id = e.id and s.kind in ('official', 'court'))
union all
select case_id, 'no-quotation', id, date_end, summary, null from statements s where retracted is null and quote is null
  and exists (select 1 from answers a where a.statement_id = s.id)
union all
select k.id, 'not-archived', s.id, s.accessed, s.url, null from cases k
  cross join citations c on c.item_type in ('complaint', 'event', 'statement', 'deadline')
    and c.item_id >= k.id || '/' and c.item_id < k.id || '0'
  cross join sources s on s.id = c.source_id
where s.archived_url is null group by k.id, s.id
union all
select id, 'search-old', id, checked, iif(checked is null, 'no search is written down', 'day of the latest search'), date(checked, '+91 days') from cases
order by 1, 2, 4, 3;

CREATE VIEW "authority_record" AS with asked as (
  select c.authority_id, c.case_id, min(c.filed_end) as filed, sum(c.count) as complaints from complaints c
  where c.authority_id is not null and c.filed_end <= '9999-12-31' group by c.authority_id, c.case_id),
acted as (
  select e.case_id, n.actor_id, coalesce(e.published, e.date_end) as day from event_actors n join events e on e.id = n.event_id
    where e.retracted is null and not e.context
  union all
  select s.case_id, n.actor_id, coalesce(s.published, s.date_end) from statement_actors n join statements s on s.id = n.statement_id
    where s.retracted is null and not s.context),
spoke as (
  select a.authority_id, a.case_id, a.filed, a.complaints, min(x.day) as first_act from asked a left join acted x
    on x.case_id = a.case_id and x.actor_id = a.authority_id and x.day >= a.filed and x.day <= '9999-12-31'
  group by a.authority_id, a.case_id),
days as (
  select authority_id, cast(julianday(first_act) - julianday(filed) as integer) as days,
    row_number() over (partition by authority_id order by julianday(first_act) - julianday(filed)) as place,
    count(*) over (partition by authority_id) as n
  from spoke where first_act is not null)
select s.authority_id, sum(s.complaints) as complaints, count(*) as cases, count(s.first_act) as n,
  (select avg(days) from days d where d.authority_id = s.authority_id and d.place in ((d.n + 1) / 2, (d.n + 2) / 2)) as median_days,
  count(*) - count(s.first_act) as nothing_yet,
  (select coalesce(sum((select coalesce(sum(q.count), 0) from complaints q join statuses t on t.rowid = (
    select v.rowid from statuses v where v.complaint_id = q.id and +v.authority_id is p.authority_id and v.since <= '9999-12-31' and (v.until is null or v.until > '9999-12-31')
    order by v.since desc, v.rowid desc limit 1)
    where q.case_id = p.case_id and q.authority_id is p.authority_id
      and (p.authority_id is not null or q.country is p.country) and t.open)), 0) from proceedings p where p.authority_id is not null and p.authority_id = s.authority_id) as complaints_open,
  (select min(days) from days d where d.authority_id = s.authority_id) as shortest_days,
  (select max(days) from days d where d.authority_id = s.authority_id) as longest_days
from spoke s group by s.authority_id
order by s.authority_id;
