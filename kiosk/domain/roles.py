"""What a person is to the campus. Which roles may do what at the desk and the console stands where that is done."""

from enum import StrEnum


class Role(StrEnum):
    STUDENT = "student"
    TEACHER = "teacher"
    STAFF = "staff"
    ASSISTANT = "assistant"  # a student who helps at the desk
    ENGINEER = "engineer"
    LEAD = "lead"
    ADMIN = "admin"
