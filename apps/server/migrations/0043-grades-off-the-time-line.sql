-- The time line says that a film was graded; which grade stands with the film, where a blind reader does not see it.
update exam_event set facts = facts - 'grade' where event = 'film.graded' and facts ? 'grade';
