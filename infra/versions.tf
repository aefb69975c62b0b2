terraform {
  required_version = ">= 1.11.0" # write-only arguments: secrets stay out of the state

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 8.0"
    }
  }
}

provider "google" {
  project = var.project
  region  = var.region

  # The budget's API asks for a project to count its calls against when a person's sign-in is used.
  user_project_override = true
  billing_project       = var.project
}
