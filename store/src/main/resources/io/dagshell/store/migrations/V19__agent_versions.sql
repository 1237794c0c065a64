-- Which DagShell an agent is of, and why the server that it asks hands it no runs: it speaks otherwise. None if it does.

alter table agents add column version text;
alter table agents add column not_served text;
